package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Explanation;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PngImage;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepEnergies;
import dev.ebt.tensor.Array;
import dev.ebt.vision.image.ImageStrip;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The two files of a thought image: the image itself, and beside it a strip of its stages. */
final class StagesOutput {
  private StagesOutput() {}

  /** Refuses a level of noise out of range. */
  static void checkNoise(@Nullable Double noise) {
    if (noise != null) {
      OptionChecks.check("--noise", noise, noise >= 0.001 && noise <= 1, "0.001 to 1");
    }
  }

  /**
   * Refuses an output file that is no .png.
   *
   * @param option the option that needs it
   * @param content what is written to it
   */
  static void checkFile(@Nullable Path out, String option, String content) {
    if (out == null) {
      throw new UserException(option + " needs --out FILE.png for " + content);
    }
    OptionChecks.check("--out", out, out.toString().endsWith(".png"), "a file that ends with .png");
  }

  /** Refuses to explain predictions of a model without an energy. */
  static void checkExplained(@Nullable Boolean explain, Predictor predictor) {
    if (Boolean.TRUE.equals(explain)) {
      StepEnergies.check(predictor, "--explain");
    }
  }

  /**
   * Adds the energies of an image before thinking and after each step, if they are asked for. Its
   * steps are taken once more, one by one, so that the predictor has other candidates afterwards.
   *
   * @param context of the image
   */
  static void explain(
      @Nullable Boolean explain,
      Predictor predictor,
      Map<String, Array> context,
      CommonOptions common,
      Outputs outputs) {
    if (Boolean.TRUE.equals(explain)) {
      predictor.observe(context); // Otherwise this is a further candidate, which others may repel.
      predictor.begin(common.seed());
      List<Double> energies =
          StepEnergies.of(predictor, common.mostSteps(), common.tolerance()).stream()
              .map(Array::item)
              .toList();
      outputs.add(new Output.Explained("image", Explanation.of(energies)));
    }
  }

  /** Adds the two files. */
  static void add(
      Outputs outputs, Path out, Array image, String label, ImageStrip strip, String stages) {
    Path beside =
        out.resolveSibling(out.getFileName().toString().replaceFirst("\\.png$", "-strip.png"));
    outputs.add(
        new Output.File(out, new PngImage(ImageStrip.ofPixels().with(image).draw()), label));
    outputs.add(new Output.File(beside, new PngImage(strip.draw()), stages));
  }

  /** Returns the numbers of steps, separated by commas. */
  static String steps(CommonOptions common) {
    return common.steps().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
