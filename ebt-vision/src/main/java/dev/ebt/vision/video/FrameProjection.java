package dev.ebt.vision.video;

import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The linear maps between encoded frames and the hidden states of a model.
 *
 * <p>Parameters: {@code down.weight} [width, latent] and {@code down.bias}, shared by observed
 * frames and candidates; of a model without energy also {@code output.weight} [width, width],
 * {@code up.weight} [latent, width] and {@code up.bias}.
 */
final class FrameProjection {
  private FrameProjection() {}

  /** Maps latents, [..., latent], to the width of a model. */
  static Tensor toModel(Tensor latents, int width, Parameters parameters) {
    return Linear.apply(latents, "down", width, parameters).plus(bias("down", width, parameters));
  }

  /**
   * Maps hidden states, [..., width], to latents: by a linear map without bias, then by one with a
   * bias to the size of a candidate.
   */
  static Tensor fromModel(Tensor hidden, int latents, Parameters parameters) {
    Tensor output = Linear.apply(hidden, "output", hidden.shape().size(-1), parameters);
    return Linear.apply(output, "up", latents, parameters).plus(bias("up", latents, parameters));
  }

  private static Tensor bias(String name, int size, Parameters parameters) {
    return parameters.undecayed(name + ".bias", Shape.of(size), Initializer.constant(0));
  }
}
