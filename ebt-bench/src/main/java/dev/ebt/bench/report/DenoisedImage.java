package dev.ebt.bench.report;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.store.DurableFiles;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Predictor;
import dev.ebt.vision.ImageDenoising;
import dev.ebt.vision.image.ImageFile;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the user's, with the noise taken out of it.
 *
 * @param steps after which the picture is looked at, increasing; the last makes the result
 * @param tolerance thinking stops when the energy changes by less
 * @param seed of the noise that is added, and of where thinking begins
 * @param noise level of noise that is added to a clean picture; if null, it is noisy as it is
 */
public record DenoisedImage(
    List<Integer> steps, double tolerance, long seed, @Nullable Double noise) {

  /** Writes the result to a PNG, and a strip of all stages beside it. */
  public void write(RunParts parts, Path image, Path out, PrintStream print) {
    ImageDenoising modality = (ImageDenoising) parts.modality();
    int side = modality.settings().size();
    ImageFile.Opened opened = open(image, modality.settings().channels(), side);
    Array picture = ImageDenoising.values(opened.planes(), modality.candidate());
    print.printf(
        Locale.ROOT,
        "%s, %dx%d: the square in its middle, brought to %dx%d as in training%s%n",
        image,
        opened.width(),
        opened.height(),
        side,
        side,
        noise == null ? "; taken as noisy" : "; noise " + noise + " added");
    Array noisy = noise == null ? picture : modality.noisy(picture, noise, seed);
    ImageStrip strip = new ImageStrip().with(noisy);
    Array result = think(parts, noisy, noise == null ? null : picture, strip, print);
    if (noise != null) {
      strip.with(picture);
    }
    Path beside =
        out.resolveSibling(out.getFileName().toString().replaceFirst("\\.png$", "-strip.png"));
    try {
      Files.createDirectories(out.toAbsolutePath().getParent());
      ImageStrip.ofPixels().with(result).write(out);
      strip.write(beside);
    } catch (IOException e) {
      throw DurableFiles.unwritable(out.toString(), e, "Another --out expected");
    }
    print.printf(
        Locale.ROOT,
        "%s: the picture after %d step%s%n%s: noisy, after %s%s%n",
        out,
        steps.get(steps.size() - 1),
        steps.get(steps.size() - 1) == 1 ? "" : "s",
        beside,
        String.join(", ", steps.stream().map(String::valueOf).toList()),
        noise == null ? "" : ", clean");
  }

  private static ImageFile.Opened open(Path image, int channels, int side) {
    if (!Files.exists(image)) {
      throw new UserException("no file " + image);
    }
    try {
      return ImageFile.open(image, channels, side);
    } catch (IOException e) {
      throw new UserException("cannot read " + image + ": " + ReasonText.of(e), e);
    }
  }

  /** Adds every stage to the strip and prints its figures. */
  private Array think(
      RunParts parts, Array noisy, @Nullable Array clean, ImageStrip strip, PrintStream print) {
    List<Map<String, Object>> lines = new ArrayList<>();
    try (Predictor predictor = parts.predictor(1)) {
      steps.forEach(predictor::check);
      ImageDenoising modality = (ImageDenoising) parts.modality();
      double level = noise == null ? modality.settings().noise() : noise;
      TimedPrediction prediction =
          new TimedPrediction(
              predictor,
              modality.features(noisy, level),
              new PredictionTable.PredictionOptions(steps.get(steps.size() - 1), tolerance, seed));
      lines.add(line(prediction, predictor, 0, clean));
      for (int taken : steps) {
        lines.add(line(prediction, predictor, taken, clean));
        strip.with(PredictionTable.row(predictor.candidate(), 0));
      }
      MetricTable.print(lines, print);
      return PredictionTable.row(predictor.candidate(), 0);
    }
  }

  private static Map<String, Object> line(
      TimedPrediction prediction, Predictor predictor, int taken, @Nullable Array clean) {
    Map<String, Object> line = prediction.reach(taken);
    if (predictor.thinks()) {
      line.put("energy", predictor.energy().item());
    }
    if (clean != null) {
      line.put("psnr", predictor.assess(ImageDenoising.CLEAN, row(clean)).get("psnr").item());
    }
    return line;
  }

  private static Array row(Array picture) {
    return picture.reshape(Shape.of(1).plus(picture.shape().toIntArray()));
  }
}
