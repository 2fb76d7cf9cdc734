package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.ServedForm;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageConversion;
import dev.ebt.vision.image.ImageForm;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The filling in of a hole in an image by a program, with a model that has an energy. */
public final class FillingInference implements InferenceAdapter<ImageWithHole, BufferedImage> {
  @Override
  public String name() {
    return "filled-image";
  }

  @Override
  public String summary() {
    return "an image whose hole is filled in";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public Class<ImageWithHole> input() {
    return ImageWithHole.class;
  }

  @Override
  public Class<BufferedImage> output() {
    return BufferedImage.class;
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof DenoisingModality || modality instanceof ImageGeneration;
  }

  @Override
  public ImageWithHole prepare(Modality modality, ImageWithHole input) {
    Shape shape = modality.candidate();
    return new ImageWithHole(
        ImageConversion.prepared(input.image(), shape),
        ImageConversion.prepared(input.mask(), shape.with(0, 1)),
        input.condition());
  }

  @Override
  public InferenceSession<ImageWithHole, BufferedImage> open(TrainedModel model, int maxBatchSize) {
    Modality modality = model.modality();
    return new PredictionSession<>(model, maxBatchSize, input -> task(modality, input));
  }

  private static PredictionTask<BufferedImage> task(Modality modality, ImageWithHole input) {
    Shape shape = modality.candidate();
    Array values = ImageConversion.values(input.image(), shape);
    MaskedImage image =
        MaskedImage.of(values, ImageConversion.values(input.mask(), shape.with(0, 1)), "the mask");
    return PredictionTask.filling(
        context(modality, values, input.condition()),
        image.fixed(),
        ImageConversion::image,
        ImageConversion::describe);
  }

  private static Map<String, Array> context(
      Modality modality, Array image, ImageCondition condition) {
    if (modality instanceof DenoisingModality denoising) {
      if (!condition.equals(ImageCondition.none())) {
        throw new UserException("the model denoises, so that a condition has no effect");
      }
      return denoising.features(image, denoising.settings().noise());
    }
    return condition.context(((ImageGeneration) modality).settings());
  }

  @Override
  public Optional<ServedForm<ImageWithHole, BufferedImage>> served() {
    return Optional.of(new Form());
  }

  private record Form() implements ServedForm<ImageWithHole, BufferedImage> {
    @Override
    public String expected() {
      return "an object with image and mask, Base64 codes of PNGs, and class for a model of classes";
    }

    @Override
    public ImageWithHole input(Modality modality, Object json) {
      if (!(json instanceof Map<?, ?> fields)) {
        throw new UserException("input is no object; " + expected() + " expected");
      }
      if (!Set.of("image", "mask", "class").containsAll(fields.keySet())) {
        throw new UserException("input has unknown fields; " + expected() + " expected");
      }
      Object label = fields.get("class");
      if (label != null && !(label instanceof Integer)) {
        throw new UserException("class is no whole number");
      }
      return new ImageWithHole(
          ImageForm.decoded(modality.candidate(), "image", ImageForm.required("image", fields)),
          ImageForm.decoded(modality.candidate(), "mask", ImageForm.required("mask", fields)),
          label instanceof Integer number ? ImageCondition.ofClass(number) : ImageCondition.none());
    }

    @Override
    public BufferedImage output(Modality modality, Object json) {
      return ImageForm.decoded(modality.candidate(), "candidate", json);
    }

    @Override
    public Object json(BufferedImage filled) {
      return ImageForm.encoded(filled);
    }
  }
}
