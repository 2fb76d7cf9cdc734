package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Samples of generated images: a row for each condition vector, a column for each noise. */
public final class VectorSamples implements Interaction<VectorSamples.VectorOptions> {

  /**
   * Options of the samples.
   *
   * @param vectors the file of the condition vectors; null for those of the validation data
   * @param out the folder
   */
  public record VectorOptions(
      @Option(
              value = "FILE",
              description =
                  "Generate images for the vectors in this .safetensors file, with --out.")
          @Nullable Path vectors,
      @Option(
              value = "PATH",
              description =
                  "For generation from vectors: a folder for the images, one row per vector.")
          Path out) {}

  @Override
  public String name() {
    return "vector-samples";
  }

  @Override
  public String summary() {
    return "images are generated from noise and vectors";
  }

  @Override
  public String subject() {
    return "generation from vectors";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ImageGeneration generation
        && generation.settings().conditionDimension() > 0;
  }

  @Override
  public Class<VectorOptions> options() {
    return VectorOptions.class;
  }

  @Override
  public boolean accepts(VectorOptions options) {
    return options.vectors() != null || options.out() != null;
  }

  @Override
  public String suggestion() {
    return "--out samples";
  }

  @Override
  public void run(
      TrainedModel model, CommonOptions common, VectorOptions options, Outputs outputs) {
    if (options.out() == null) {
      throw new UserException("--vectors needs --out FOLDER for the images");
    }
    Path folder = OutputFolder.checked(options.out());
    SampleGrid grid = new SampleGrid(model.parts(), common, ClassSamples.IMAGES, outputs);
    if (options.vectors() == null) {
      grid.draw(grid.conditionsOfData(), true, folder);
    } else {
      grid.draw(grid.conditionsOf(options.vectors()), false, folder);
    }
  }
}
