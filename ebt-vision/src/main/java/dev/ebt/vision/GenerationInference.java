package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.ServedForm;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.vision.image.ImageConversion;
import dev.ebt.vision.image.ImageForm;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public Optional<ServedForm<ImageCondition, BufferedImage>> served() {
    return Optional.of(new Form());
  }

  private record Form() implements ServedForm<ImageCondition, BufferedImage> {
    @Override
    public String expected() {
      return "an object with class, a whole number, or vector, an array of numbers, or nothing";
    }

    @Override
    public ImageCondition input(Modality modality, Object json) {
      if (json instanceof Map<?, ?> fields && fields.size() <= 1) {
        if (fields.isEmpty()) {
          return ImageCondition.none();
        }
        if (fields.get("class") instanceof Integer label) {
          return ImageCondition.ofClass(label);
        }
        if (fields.get("vector") instanceof List<?> numbers
            && !numbers.isEmpty()
            && numbers.stream().allMatch(Number.class::isInstance)) {
          float[] vector = new float[numbers.size()];
          for (int i = 0; i < vector.length; i++) {
            vector[i] = ((Number) numbers.get(i)).floatValue();
          }
          return ImageCondition.ofVector(vector);
        }
      }
      throw new UserException("input is no condition; " + expected() + " expected");
    }

    @Override
    public BufferedImage output(Modality modality, Object json) {
      return ImageForm.decoded(modality.candidate(), "candidate", json);
    }

    @Override
    public Object json(BufferedImage image) {
      return ImageForm.encoded(image);
    }
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
