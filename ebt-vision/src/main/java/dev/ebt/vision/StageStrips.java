package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Required;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.PngImage;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.Preview;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.vision.image.ImageCaption;
import dev.ebt.vision.image.ImageStrip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Strips of validation images: the noisy image, the prediction after each step and the clean image
 * side by side; of an autoencoder the reconstruction and the original.
 */
public final class StageStrips implements Interaction<StageStrips.StripOptions> {
  private static final int IMAGES = 5;

  /**
   * Options of the strips.
   *
   * @param out the folder
   */
  public record StripOptions(
      @Option(
              value = "PATH",
              description = {
                "A folder for images: noisy, after each step, clean, side by side;",
                "of an autoencoder, reconstructed, original."
              })
          Path out) {}

  @Override
  public String name() {
    return "strips";
  }

  @Override
  public String summary() {
    return "predictions of validation images are drawn, stage by stage";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof DenoisingModality || modality instanceof ReconstructionModality;
  }

  @Override
  public Class<StripOptions> options() {
    return StripOptions.class;
  }

  @Override
  public boolean accepts(StripOptions options) {
    return options.out() != null;
  }

  @Override
  public Optional<Preview> preview(RunParts parts) {
    return Optional.of(new ImagePreview(parts));
  }

  @Override
  public String suggestion() {
    return "--out strips";
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, StripOptions options, Outputs outputs) {
    int last = common.onlySteps();
    Path folder = OutputFolder.checked(options.out());
    RunParts parts = model.parts();
    Examples examples = parts.dataset().validation();
    int rows = Math.min(common.countOr(IMAGES), examples.size());
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    String target = parts.modality().target().name();
    List<Array> states = new ArrayList<>();
    List<Array> decibels = new ArrayList<>();
    List<Array> energies = new ArrayList<>();
    List<Integer> stages = parts.steps().shown(last);
    List<Map<String, Object>> table = new ArrayList<>();
    try (Predictor predictor = parts.predictor(rows)) {
      predictor.check(last);
      PredictionSweep prediction =
          new PredictionSweep(predictor, batch.context(), common.tolerance(), common.seed());
      for (int steps : stages) {
        Map<String, Object> row = prediction.reach(steps);
        states.add(predictor.candidate());
        Array psnr = Required.of(predictor.assess(target, batch.target()), "psnr");
        decibels.add(psnr);
        if (predictor.thinks()) {
          energies.add(predictor.energy());
        }
        row.put("psnr", Arrays.stream(psnr.doubles()).average().orElseThrow());
        table.add(row);
      }
    }
    outputs.table(table);
    outputs.note(words(stages) + "; psnr in dB of all but the last");
    for (int i = 0; i < rows; i++) {
      int row = i;
      ImageStrip strip = new ImageStrip();
      for (int stage = 0; stage < states.size(); stage++) {
        Double energy = energies.isEmpty() ? null : energies.get(stage).real(row);
        strip.with(
            states.get(stage).row(row),
            ImageCaption.of(name(stages, stage), decibels.get(stage).real(row), energy));
      }
      String caption =
          decibels.stream()
              .map(psnr -> String.format(Locale.ROOT, "%7.2f", psnr.real(row)))
              .collect(joining());
      Path file = folder.resolve(String.format(Locale.ROOT, "image-%03d.png", row + 1));
      PngImage image = new PngImage(strip.with(batch.target().row(row), last(stages)).draw());
      outputs.add(new Output.File(file, image, caption));
    }
  }

  /** Returns the caption of a stage. */
  private static String name(List<Integer> stages, int stage) {
    int steps = stages.get(stage);
    return steps > 0 ? ImageCaption.after(steps) : thinks(stages) ? "noisy" : "reconstructed";
  }

  /** Returns the caption of the target. */
  private static String last(List<Integer> stages) {
    return thinks(stages) ? "clean" : "original";
  }

  private static boolean thinks(List<Integer> stages) {
    return stages.get(stages.size() - 1) > 0;
  }

  private static String words(List<Integer> stages) {
    int last = stages.get(stages.size() - 1);
    if (!thinks(stages)) {
      return "reconstructed, original";
    }
    String after =
        stages.size() == last + 1
            ? "each step"
            : stages.stream().skip(1).map(String::valueOf).collect(joining(", ")) + " steps";
    return String.format(Locale.ROOT, "noisy, after %s, clean", after);
  }
}
