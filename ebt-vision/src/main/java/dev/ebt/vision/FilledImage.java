package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.SharedOptions;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageCaption;
import dev.ebt.vision.image.ImageStrip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hole in a user's image, filled in by thinking: the pixels outside of it are held at their
 * values in every step, so that the energy is that of the whole image.
 */
public final class FilledImage implements Interaction<FilledImage.FillingOptions> {
  /**
   * Options of filling in.
   *
   * @param image the image
   * @param mask white where it is filled in, black where it is kept
   * @param noise of denoising: level of the noise that the hole begins with, over its pixels
   * @param label of generation: the class of the image
   * @param out the file of the result
   * @param explain whether the energies before thinking and after each step are shown (false)
   */
  public record FillingOptions(
      @Option(
              value = "FILE",
              description = "An image to denoise; its center square is used, resized.")
          Input image,
      @Option(
              value = "FILE",
              description = {
                "With --image: fills in where this image of the same size is white, and keeps",
                "every pixel where it is black; by models with an energy."
              })
          Input mask,
      @Option(value = "L", description = "Adds noise of this level to the image first, 0.001 to 1.")
          @Nullable Double noise,
      @Option(value = "N", description = "With --mask: the class of the image, from 0.")
          @Nullable Integer label,
      @Option(
              value = "PATH",
              description =
                  "With --image: the denoised image as .png; a strip of the stages is"
                      + " written next to it.")
          Path out,
      @Option(description = SharedOptions.EXPLAIN) @Nullable Boolean explain) {}

  @Override
  public String name() {
    return "filled-image";
  }

  @Override
  public String summary() {
    return "a hole in an image is filled in";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof DenoisingModality
        || modality instanceof ImageGeneration generation
            && generation.settings().conditionDimension() == 0;
  }

  @Override
  public Class<FillingOptions> options() {
    return FillingOptions.class;
  }

  @Override
  public boolean accepts(FillingOptions options) {
    return options.mask() != null || options.label() != null;
  }

  /** Fills in the image; its stages are those after each of the numbers of steps. */
  @Override
  public void run(
      TrainedModel model, CommonOptions common, FillingOptions options, Outputs outputs) {
    check(options, model.modality());
    Shape shape = model.modality().candidate();
    try (Predictor predictor = model.parts().holdingPredictor(1)) {
      common.steps().forEach(predictor::check);
      StagesOutput.checkExplained(options.explain(), predictor);
      MaskedImage image = MaskedImage.read(options.image(), options.mask(), shape);
      outputs.note(
          String.format(
              Locale.ROOT,
              "%s: the center square at %dx%d, of which %.0f %% are filled in",
              options.image().name(),
              shape.size(1),
              shape.size(2),
              100 * image.hole()));
      ImageStrip strip = new ImageStrip().with(image.withHole(), "with the hole");
      Array filled = think(predictor, model.modality(), common, options, image, strip, outputs);
      StagesOutput.add(
          outputs,
          options.out(),
          filled,
          ": the image filled in",
          strip,
          ": with the hole, at the start, after " + StagesOutput.steps(common) + ", as given");
    }
  }

  private static void check(FillingOptions options, Modality modality) {
    if (options.mask() == null) {
      throw new UserException("--label needs --mask, the hole of an image to fill in");
    }
    if (options.image() == null) {
      throw new UserException("--mask and --image belong together: the image with the hole");
    }
    StagesOutput.checkFile(options.out(), "--mask", "the image that is filled in");
    Integer label = options.label();
    if (modality instanceof ImageGeneration generation) {
      int classes = generation.settings().classes();
      if (options.noise() != null) {
        throw new UserException("--noise is for models of denoising; this one begins with noise");
      }
      if (label == null != (classes == 0)) {
        throw new UserException(
            classes == 0
                ? "--label is for models of classes; this one has none"
                : "--label, the class of the image, expected with --mask: 0 to " + (classes - 1));
      }
      if (label != null) {
        OptionChecks.check("--label", label, label >= 0 && label < classes, "a class of the model");
      }
    } else {
      if (label != null) {
        throw new UserException("--label is for models of classes; this one denoises");
      }
      StagesOutput.checkNoise(options.noise());
    }
  }

  /** Returns the context of one row, and for denoising the image that the hole begins with. */
  private static Map<String, Array> context(
      Modality modality, FillingOptions options, MaskedImage image, long seed) {
    if (modality instanceof DenoisingModality denoising) {
      Double noise = options.noise();
      return denoising.features(
          noise == null ? image.image() : denoising.noisy(image.image(), noise, seed),
          noise == null ? denoising.settings().noise() : noise);
    }
    Integer label = options.label();
    return label == null
        ? Map.of()
        : Map.of(ImageGeneration.LABEL, Array.of(Shape.of(1), (long) label));
  }

  /** Adds every stage to the strip and reports its energy. */
  private static Array think(
      Predictor predictor,
      Modality modality,
      CommonOptions common,
      FillingOptions options,
      MaskedImage image,
      ImageStrip strip,
      Outputs outputs) {
    List<Map<String, Object>> table = new ArrayList<>();
    predictor.hold(image.fixed());
    Map<String, Array> context = context(modality, options, image, common.seed());
    PredictionSweep prediction =
        new PredictionSweep(predictor, context, common.tolerance(), common.seed());
    strip.with(
        predictor.candidate().row(0),
        ImageCaption.of("at the start", null, predictor.energy().item()));
    for (int steps : common.steps()) {
      Map<String, Object> row = prediction.reach(steps);
      double energy = predictor.energy().item();
      row.put("energy", energy);
      table.add(row);
      strip.with(
          predictor.candidate().row(0), ImageCaption.of(ImageCaption.after(steps), null, energy));
    }
    outputs.table(table);
    strip.with(image.image(), "as given");
    Array filled = predictor.candidate().row(0);
    StagesOutput.explain(options.explain(), predictor, context, common, outputs);
    return filled;
  }
}
