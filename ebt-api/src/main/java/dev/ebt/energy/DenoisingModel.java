package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A diffusion baseline: predicts the noise in a candidate, given the diffusion time. It has no
 * energy; candidates are sampled by reverse diffusion steps.
 */
public interface DenoisingModel extends Model {
  /**
   * Predicts noise and variance values for every element (patch) of the noisy candidates.
   *
   * @param noisy the embedded candidates, [rows, elements, width]
   * @param times the diffusion times, integers [rows]
   * @param condition the embedded condition, [rows, width]; null if unconditional
   * @param size the number of output values per element
   * @return [rows, elements, size]
   */
  Tensor denoise(
      Tensor noisy, Tensor times, @Nullable Tensor condition, int size, Parameters parameters);
}
