package dev.ebt.vision;

import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.ServedForm;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageConversion;
import dev.ebt.vision.image.ImageForm;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The denoising of an image by a program. Of a noisy image the centre square is used, resized as in
 * training; a diffusion model takes its noise for that of {@code modality.noise}.
 */
public final class DenoisingInference implements InferenceAdapter<BufferedImage, BufferedImage> {
  @Override
  public String name() {
    return "denoised-image";
  }

  @Override
  public String summary() {
    return "an image without the noise of a given one";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public Class<BufferedImage> input() {
    return BufferedImage.class;
  }

  @Override
  public Class<BufferedImage> output() {
    return BufferedImage.class;
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof DenoisingModality;
  }

  @Override
  public InferenceSession<BufferedImage, BufferedImage> open(TrainedModel model, int maxBatchSize) {
    DenoisingModality modality = (DenoisingModality) model.modality();
    return new PredictionSession<>(
        model,
        maxBatchSize,
        noisy ->
            PredictionTask.once(
                context(modality, noisy), ImageConversion::image, ImageConversion::describe));
  }

  @Override
  public BufferedImage prepare(Modality modality, BufferedImage noisy) {
    return ImageConversion.prepared(noisy, modality.candidate());
  }

  @Override
  public Optional<ServedForm<BufferedImage, BufferedImage>> served() {
    return Optional.of(new Form());
  }

  private record Form() implements ServedForm<BufferedImage, BufferedImage> {
    @Override
    public String expected() {
      return "the Base64 code of a noisy image as PNG";
    }

    @Override
    public BufferedImage input(Modality modality, Object json) {
      return ImageForm.decoded(modality.candidate(), "input", json);
    }

    @Override
    public BufferedImage output(Modality modality, Object json) {
      return ImageForm.decoded(modality.candidate(), "candidate", json);
    }

    @Override
    public Object json(BufferedImage clean) {
      return ImageForm.encoded(clean);
    }
  }

  /** Returns clean images as answers to a noisy one. */
  @Override
  public Optional<GivenAnswers> given(
      Modality modality, BufferedImage noisy, List<BufferedImage> clean) {
    DenoisingModality denoising = (DenoisingModality) modality;
    Shape row = Shape.of(1).plus(denoising.candidate().toIntArray());
    return Optional.of(
        GivenAnswers.ofRows(
            context(denoising, noisy),
            clean.stream().map(image -> values(denoising, image).reshape(row)).toList(),
            clean.stream().map(ImageConversion::describe).toList(),
            "image"));
  }

  private static Map<String, Array> context(DenoisingModality modality, BufferedImage noisy) {
    return modality.features(values(modality, noisy), modality.settings().noise());
  }

  private static Array values(DenoisingModality modality, BufferedImage image) {
    return ImageConversion.values(image, modality.candidate());
  }
}
