package dev.ebt.diffusion;

import dev.ebt.energy.DenoisingModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A denoiser of raw data: a modality embeds the noisy candidate, a model processes it, and the
 * modality decodes the model's output.
 */
public record DenoisingFunction(
    DiffusionModality modality, DenoisingModel model, Parameters parameters) {

  /**
   * Returns the denoiser of a modality.
   *
   * @throws UserException if the modality does not support diffusion, or its contexts give elements
   *     of candidates
   */
  public static DenoisingFunction of(
      Modality modality, DenoisingModel model, Parameters parameters) {
    if (HeldElements.areGivenBy(modality)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "model '%s' adds noise to all elements of a candidate, and the contexts of this"
                  + " modality give some of them; an energy model expected",
              model.description()));
    }
    if (modality instanceof DiffusionModality noisy) {
      return new DenoisingFunction(noisy, model, parameters);
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "model '%s' denoises real values, such as images; this modality has none",
            model.description()));
  }

  /**
   * Returns the parameters of a model and its modality, found by tracing one row.
   *
   * @throws UserException if the modality does not support diffusion
   */
  public static List<ParameterSpec> parameters(Modality modality, DenoisingModel model) {
    DenoisingFunction denoiser = of(modality, model, new Parameters());
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    Tensor noisy = new FeatureSpec("noisy", modality.candidate(), ElementType.REAL).input(1);
    Tensor times = Tensor.input("times", Shape.of(1), ElementType.INTEGER);
    denoiser.predictNoise(noisy, times, NamedTensors.of(features));
    return denoiser.parameters().specs();
  }

  /**
   * Predicts the noise and, concatenated to it along the first axis after the predictions, the
   * interpolation between the bounds of the variance.
   */
  public Tensor predictNoise(Tensor noisy, Tensor times, NamedTensors context) {
    int width = model.width();
    Tensor embedded = modality.embedCandidate(noisy, width, parameters);
    Tensor condition = modality.condition(context, width, parameters);
    return modality.decodeNoise(
        model.denoise(embedded, times, condition, modality.noiseSize(), parameters));
  }

  /** Returns the denoising step that the model predicts. */
  DenoisingStep move(
      Tensor noisy, Tensor times, NamedTensors context, Map<ReverseStepCoefficient, Tensor> at) {
    Tensor output = predictNoise(noisy, times, context);
    int axis = 1 + modality.predictions().rank();
    int half = noisy.shape().size(axis);
    return new DenoisingStep(
        noisy,
        output.slice(axis, 0, half),
        output.slice(axis, half, half),
        ReverseStepCoefficient.over(noisy.shape(), at));
  }
}
