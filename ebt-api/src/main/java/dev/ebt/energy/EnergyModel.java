package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * An energy E(context, candidate), low where the two are compatible. It is split into two
 * functions, so that the part that depends on no candidate is computed once and shared by all
 * thinking steps and all candidates.
 *
 * <p>The energies of different predictions are independent: ∂Eᵢ/∂candidateⱼ = 0 for i ≠ j, and a
 * row's energies do not depend on the other rows of its batch.
 */
public interface EnergyModel extends Model {
  /**
   * Computes the observation: the part of the energy that depends on no candidate.
   *
   * @param context the embedded context, [rows, ...]; [1, ...] if it is the same for all rows
   * @param landscape the index of the energy landscape, an integer scalar
   */
  NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters);

  /**
   * Computes the energy of each prediction.
   *
   * @param candidate the embedded candidate, [rows, predictions..., width] or as the modality
   *     embeds it
   * @return [rows, predictions...]
   */
  Tensor energy(NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters);
}
