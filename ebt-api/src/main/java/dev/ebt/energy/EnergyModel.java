package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Optional;

/**
 * E(context, candidate): low where the two fit. In two functions, so that what no candidate can
 * change is computed once and shared by all thinking steps and all candidates.
 *
 * <p>Energies are of different predictions and never mix: ∂Eᵢ/∂candidateⱼ = 0 for i ≠ j, and a
 * row's energies do not depend on the other rows of its batch.
 */
public interface EnergyModel extends Model {
  /**
   * All that no candidate can change.
   *
   * @param context the embedded context, [rows, ...]; [1, ...] if it is alike for all rows
   * @param landscape which energy landscape is walked, a whole number, scalar
   */
  NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters);

  /**
   * The energy of each prediction.
   *
   * @param candidate the embedded candidate, [rows, predictions..., width] or what the modality
   *     makes
   * @return [rows, predictions...]
   */
  Tensor energy(NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters);

  @Override
  default Optional<String> usualObjective() {
    return Optional.of("s1");
  }
}
