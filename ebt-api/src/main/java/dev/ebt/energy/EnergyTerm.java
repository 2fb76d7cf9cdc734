package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/**
 * An energy that is added to that of a trained model, such as a constraint written by hand or the
 * energy of a second model. Energies of independent sources add, as the logarithms of probabilities
 * do (a product of experts). Terms are formulas of tensors; their derivatives need no code.
 *
 * <p>The requirements are those of {@link EnergyModel}: one number per prediction, which depends on
 * no other prediction and no other row. A term reads context features and model inputs as they are,
 * not embedded.
 *
 * <p>A term for sequences that reads the context implements {@link SequenceEnergyTerm}, so that
 * single positions can be predicted, and {@link IncrementalEnergyTerm} to be used with a key/value
 * cache. One that observes nothing works with both.
 */
public interface EnergyTerm {
  /**
   * Computes what depends on the context alone; nothing unless overridden.
   *
   * @param context the features of the modality by name, each [rows, ...]
   * @param landscape the index of the energy landscape, an integer scalar below {@link #landscapes}
   * @param parameters the {@link #parameters} of this term
   */
  default NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
    return NamedTensors.empty();
  }

  /**
   * Computes the energy of each prediction.
   *
   * @param modelInput the candidate as the model reads it, for text the probabilities of tokens:
   *     [rows, predictions..., ...]
   * @return [rows, predictions...]
   */
  Tensor energy(NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters);

  /** Returns the number of energy landscapes: later steps use the last one. 1 unless overridden. */
  default int landscapes() {
    return 1;
  }

  /** Returns the values of the parameters that the term requests, by name. None by default. */
  default Map<String, Array> parameters() {
    return Map.of();
  }
}
