package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A diffusion baseline: tells the noise in a candidate, given how far diffusion has gone. It has no
 * energy; candidates come from it step by step backwards in time.
 */
public interface DenoisingModel extends Model {
  /**
   * What it tells of every element (patch) of the noisy candidates.
   *
   * @param noisy the embedded candidates, [rows, elements, width]
   * @param times how far diffusion has gone, whole numbers [rows]
   * @param condition what candidates are to be of, [rows, width]; null if nothing steers them
   * @param size how many numbers are wanted for each element
   * @return [rows, elements, size]
   */
  Tensor denoise(
      Tensor noisy, Tensor times, @Nullable Tensor condition, int size, Parameters parameters);

  @Override
  default Optional<String> usualObjective() {
    return Optional.of("diffusion");
  }
}
