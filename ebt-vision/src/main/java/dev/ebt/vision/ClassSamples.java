package dev.ebt.vision;

import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Option;
import dev.ebt.interact.Outputs;
import dev.ebt.interact.Preview;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.nio.file.Path;
import java.util.Optional;

/** Samples of generated images: a row for each class, a column for each initial noise. */
public final class ClassSamples implements Interaction<ClassSamples.SampleOptions> {
  static final int IMAGES = 5;

  /**
   * Options of the samples.
   *
   * @param out the folder
   */
  public record SampleOptions(
      @Option(
              value = "PATH",
              description = "For generation: a folder for the images, one row per class.")
          Path out) {}

  @Override
  public String name() {
    return "samples";
  }

  @Override
  public String summary() {
    return "images of each class are generated from noise";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ImageGeneration generation
        && generation.settings().conditionDimension() == 0;
  }

  @Override
  public Class<SampleOptions> options() {
    return SampleOptions.class;
  }

  @Override
  public boolean accepts(SampleOptions options) {
    return options.out() != null;
  }

  @Override
  public Optional<Preview> preview(RunParts parts) {
    return Optional.of(new ImagePreview(parts));
  }

  @Override
  public String suggestion() {
    return "--out samples";
  }

  @Override
  public void run(
      TrainedModel model, CommonOptions common, SampleOptions options, Outputs outputs) {
    SampleGrid grid = new SampleGrid(model.parts(), common, IMAGES, outputs);
    grid.draw(grid.conditionsOfData(), true, OutputFolder.checked(options.out()));
  }
}
