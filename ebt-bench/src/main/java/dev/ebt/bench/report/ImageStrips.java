package dev.ebt.bench.report;

import static java.util.stream.Collectors.joining;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.run.RunParts;
import dev.ebt.store.DurableFiles;
import dev.ebt.tensor.Array;
import dev.ebt.think.Predictor;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What becomes of pictures, side by side: noisy, after steps, clean; of a model that predicts at
 * once, as an autoencoder does, what it tells again, and the true one.
 */
public final class ImageStrips {
  private ImageStrips() {}

  /**
   * Writes a PNG for each of some validation examples, and prints how near each picture is.
   *
   * @param manner how to think; every step makes a picture, or some of many steps of diffusion
   */
  public static void write(
      RunParts parts,
      PredictionTable.PredictionOptions manner,
      int count,
      Path folder,
      PrintStream out) {
    Examples examples = parts.dataset().validation();
    int rows = Math.min(count, examples.size());
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    String target = parts.modality().target().name();
    List<Array> states = new ArrayList<>();
    List<Array> decibels = new ArrayList<>();
    List<Integer> stages = parts.steps().shown(manner.steps());
    List<Map<String, Object>> lines = new ArrayList<>();
    try (Predictor predictor = parts.predictor(rows)) {
      predictor.check(manner.steps());
      TimedPrediction prediction = new TimedPrediction(predictor, batch.context(), manner);
      for (int steps : stages) {
        Map<String, Object> line = prediction.reach(steps);
        states.add(predictor.candidate());
        Array psnr = predictor.assess(target, batch.target()).get("psnr");
        decibels.add(psnr);
        line.put("psnr", Arrays.stream(psnr.doubles()).average().orElseThrow());
        lines.add(line);
      }
    }
    MetricTable.print(lines, out);
    out.println(words(stages) + "; psnr in dB of all but the last");
    for (int row = 0; row < rows; row++) {
      ImageStrip strip = new ImageStrip();
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < states.size(); i++) {
        strip.with(PredictionTable.row(states.get(i), row));
        line.append(String.format(Locale.ROOT, "%7.2f", decibels.get(i).real(row)));
      }
      Path png = folder.resolve(String.format(Locale.ROOT, "picture-%03d.png", row + 1));
      write(strip.with(PredictionTable.row(batch.target(), row)), png);
      out.println(line.insert(0, png));
    }
  }

  private static String words(List<Integer> stages) {
    int last = stages.get(stages.size() - 1);
    if (last == 0) {
      return "told again, true";
    }
    String after =
        stages.size() == last + 1
            ? "each step"
            : stages.stream().skip(1).map(String::valueOf).collect(joining(", ")) + " steps";
    return String.format(Locale.ROOT, "noisy, after %s, clean", after);
  }

  private static void write(ImageStrip strip, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      strip.write(png);
    } catch (IOException e) {
      throw DurableFiles.unwritable(png.toString(), e, "Another --out expected");
    }
  }
}
