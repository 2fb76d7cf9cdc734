package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import dev.ebt.vision.ImageDenoising;
import dev.ebt.vision.picture.PictureStrip;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What thinking makes of noisy pictures: noisy, after each step, clean, side by side. */
public final class PictureStrips {
  private PictureStrips() {}

  /**
   * Writes a PNG for each of some validation examples, and prints how near each picture is.
   *
   * @param manner how to think; every step makes a picture
   */
  public static void write(
      RunParts parts, PredictionTable.Manner manner, int count, Path folder, PrintStream out) {
    Examples examples = parts.dataset().validation();
    int rows = Math.min(count, examples.size());
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    List<Array> states = new ArrayList<>();
    List<Array> decibels = new ArrayList<>();
    try (Thinker thinker = parts.thinker(rows)) {
      thinker.observe(batch.context());
      thinker.begin(manner.seed());
      for (int step = 0; step <= manner.steps(); step++) {
        if (step > 0) {
          thinker.step(1, manner.tolerance());
        }
        states.add(thinker.candidate());
        decibels.add(thinker.assess(ImageDenoising.CLEAN, batch.target()).get("psnr"));
      }
    }
    out.println("noisy, after each step, clean; psnr in dB before thinking and after each step");
    for (int row = 0; row < rows; row++) {
      PictureStrip strip = new PictureStrip();
      StringBuilder line = new StringBuilder();
      for (int step = 0; step <= manner.steps(); step++) {
        strip.with(PredictionTable.row(states.get(step), row));
        line.append(String.format(Locale.ROOT, "%7.2f", decibels.get(step).real(row)));
      }
      Path png = folder.resolve("picture-%03d.png".formatted(row + 1));
      write(strip.with(PredictionTable.row(batch.target(), row)), png);
      out.println(line.insert(0, png));
    }
  }

  private static void write(PictureStrip strip, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      strip.write(png);
    } catch (IOException e) {
      throw new UserException("cannot write " + png + ": " + e, e);
    }
  }
}
