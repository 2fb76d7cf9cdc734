package dev.ebt.vision;

import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.vision.image.ImageConversion;
import java.awt.image.BufferedImage;

/** The generation of an image for a condition by a program. */
public final class GenerationInference implements InferenceAdapter<ImageCondition, BufferedImage> {
  @Override
  public String name() {
    return "generated-image";
  }

  @Override
  public String summary() {
    return "an image of a class, for a vector, or of any kind";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public Class<ImageCondition> input() {
    return ImageCondition.class;
  }

  @Override
  public Class<BufferedImage> output() {
    return BufferedImage.class;
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof ImageGeneration;
  }

  @Override
  public InferenceSession<ImageCondition, BufferedImage> open(
      TrainedModel model, int maxBatchSize) {
    GenerationSettings settings = ((ImageGeneration) model.modality()).settings();
    return new PredictionSession<>(
        model,
        maxBatchSize,
        condition ->
            PredictionTask.once(
                condition.context(settings), ImageConversion::image, ImageConversion::describe));
  }
}
