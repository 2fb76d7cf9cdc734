package dev.ebt.diffusion;

import dev.ebt.energy.DenoisingModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/** What a model tells of noisy raw data: a modality's embedders before it, its places after it. */
public record Denoiser(DiffusionModality modality, DenoisingModel model, Parameters parameters) {

  /**
   * The denoiser of any modality.
   *
   * @throws UserException if diffusion is not for it
   */
  public static Denoiser of(Modality modality, DenoisingModel model, Parameters parameters) {
    if (modality instanceof DiffusionModality noisy) {
      return new Denoiser(noisy, model, parameters);
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "model '%s' takes noise out of real numbers, such as pictures; this modality has none",
            model.description()));
  }

  /**
   * The noise, and behind it along the first axis after the predictions what lies between the
   * bounds of the variance.
   */
  public Tensor predictNoise(Tensor noisy, Tensor times, NamedTensors context) {
    int width = model.width();
    Tensor embedded = modality.embedCandidate(noisy, width, parameters);
    Tensor condition = modality.condition(context, width, parameters);
    return modality.decodeNoise(
        model.denoise(embedded, times, condition, modality.noiseSize(), parameters));
  }

  /** The move back in time that the model tells. */
  DenoisingStep move(
      Tensor noisy, Tensor times, NamedTensors context, Map<ReverseStepCoefficient, Tensor> at) {
    Tensor told = predictNoise(noisy, times, context);
    int axis = 1 + modality.predictions().rank();
    int half = noisy.shape().size(axis);
    return new DenoisingStep(
        noisy,
        told.slice(axis, 0, half),
        told.slice(axis, half, half),
        ReverseStepCoefficient.over(noisy.shape(), at));
  }
}
