package dev.ebt.vision;

import dev.ebt.error.ReasonText;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Input;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.SharedOptions;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageCaption;
import dev.ebt.vision.image.ImageFile;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The denoising of a user's image, with a strip of all stages. */
public final class DenoisedImage implements Interaction<DenoisedImage.DenoisingOptions> {

  /**
   * Options of denoising.
   *
   * @param image the image
   * @param noise level of noise that is added to a clean image; if null, it is noisy as it is
   * @param out the file of the result
   * @param explain whether the energies before thinking and after each step are shown (false)
   */
  public record DenoisingOptions(
      @Option(
              value = "FILE",
              description = "An image to denoise; its center square is used, resized.")
          Input image,
      @Option(value = "L", description = "Adds noise of this level to the image first, 0.001 to 1.")
          @Nullable Double noise,
      @Option(
              value = "PATH",
              description =
                  "With --image: the denoised image as .png; a strip of the stages is"
                      + " written next to it.")
          Path out,
      @Option(description = SharedOptions.EXPLAIN) @Nullable Boolean explain) {}

  @Override
  public String name() {
    return "denoised-image";
  }

  @Override
  public String summary() {
    return "an image is denoised";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof DenoisingModality;
  }

  @Override
  public Class<DenoisingOptions> options() {
    return DenoisingOptions.class;
  }

  @Override
  public boolean accepts(DenoisingOptions options) {
    return options.image() != null || options.noise() != null;
  }

  /** Denoises the image; its stages are those after each of the numbers of steps. */
  @Override
  public void run(
      TrainedModel model, CommonOptions common, DenoisingOptions options, Outputs outputs) {
    check(options);
    DenoisingModality modality = (DenoisingModality) model.modality();
    Double noise = options.noise();
    Array image = read(options, modality, outputs);
    Array noisy = noise == null ? image : modality.noisy(image, noise, common.seed());
    ImageStrip strip = new ImageStrip();
    Array clean = noise == null ? null : image;
    Array result = think(model.parts(), common, options, noisy, clean, strip, outputs);
    if (noise != null) {
      strip.with(image, "clean");
    }
    StagesOutput.add(
        outputs,
        options.out(),
        result,
        String.format(
            Locale.ROOT,
            ": the image after %d step%s",
            common.mostSteps(),
            common.mostSteps() == 1 ? "" : "s"),
        strip,
        ": noisy, after " + StagesOutput.steps(common) + (noise == null ? "" : ", clean"));
  }

  private static void check(DenoisingOptions options) {
    if (options.image() == null) {
      throw new UserException("--noise needs --image: it is added to the image");
    }
    StagesOutput.checkNoise(options.noise());
    StagesOutput.checkFile(options.out(), "--image", "the denoised image");
  }

  /** Reads the image as in training: [channels, height, width]. */
  private static Array read(DenoisingOptions options, DenoisingModality modality, Outputs outputs) {
    int side = modality.settings().size();
    Double noise = options.noise();
    String name = options.image().name();
    byte[] bytes = options.image().bytes();
    ImageFile.Opened opened;
    try {
      opened = ImageFile.open(bytes, modality.settings().channels(), side);
    } catch (IOException e) {
      throw new UserException("cannot read " + name + ": " + ReasonText.of(e), e);
    }
    outputs.note(
        String.format(
            Locale.ROOT,
            "%s, %dx%d: the center square, resized to %dx%d as in training%s",
            name,
            opened.width(),
            opened.height(),
            side,
            side,
            noise == null ? "; taken as noisy" : "; noise " + noise + " added"));
    return DenoisingModality.values(opened.planes(), modality.candidate());
  }

  /** Adds every stage to the strip and reports its metrics. */
  private static Array think(
      RunParts parts,
      CommonOptions common,
      DenoisingOptions options,
      Array noisy,
      @Nullable Array clean,
      ImageStrip strip,
      Outputs outputs) {
    List<Map<String, Object>> table = new ArrayList<>();
    try (Predictor predictor = parts.predictor(1)) {
      common.steps().forEach(predictor::check);
      StagesOutput.checkExplained(options.explain(), predictor);
      DenoisingModality modality = (DenoisingModality) parts.modality();
      Double noise = options.noise();
      double level = noise == null ? modality.settings().noise() : noise;
      Map<String, Array> context = modality.features(noisy, level);
      PredictionSweep prediction =
          new PredictionSweep(predictor, context, common.tolerance(), common.seed());
      Map<String, Object> start = row(prediction, predictor, 0, clean);
      table.add(start);
      strip.with(noisy, caption("noisy", start));
      for (int steps : common.steps()) {
        Map<String, Object> row = row(prediction, predictor, steps, clean);
        table.add(row);
        strip.with(predictor.candidate().row(0), caption(ImageCaption.after(steps), row));
      }
      outputs.table(table);
      Array denoised = predictor.candidate().row(0);
      StagesOutput.explain(options.explain(), predictor, context, common, outputs);
      return denoised;
    }
  }

  private static String caption(String stage, Map<String, Object> row) {
    return ImageCaption.of(stage, (Double) row.get("psnr"), (Double) row.get("energy"));
  }

  private static Map<String, Object> row(
      PredictionSweep prediction, Predictor predictor, int steps, @Nullable Array clean) {
    Map<String, Object> row = prediction.reach(steps);
    if (predictor.thinks()) {
      row.put("energy", predictor.energy().item());
    }
    if (clean != null) {
      Array batch = clean.reshape(Shape.of(1).plus(clean.shape().toIntArray()));
      row.put("psnr", Required.of(predictor.assess(DenoisingModality.CLEAN, batch), "psnr").item());
    }
    return row;
  }
}
