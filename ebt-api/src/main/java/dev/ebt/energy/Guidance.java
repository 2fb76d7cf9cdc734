package dev.ebt.energy;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Classifier-free guidance (Ho and Salimans, arXiv 2207.12598) as a sum of energies of one model,
 * with its condition and without: E_w = (1 − w) E(∅) + w E(condition). What the model observes
 * without the condition stands beside the other observation.
 *
 * @param weight w: 1 is the energy with the condition alone, more leads further away from what is
 *     likely without it
 */
record Guidance(double weight) {
  private static final String PREFIX = "unconditional.";

  /** Returns whether there is guidance. */
  boolean isOn() {
    return weight != 1;
  }

  /**
   * Returns the refusal of guidance for a model that does not know its energy without condition.
   */
  SettingException refusal() {
    return new SettingException(
        "thinking.guidance",
        "is "
            + weight
            + ", but this run was trained without rows that leave out the condition; 1 expected, or"
            + " a run with such rows (images: modality.conditionDropout=0.1)");
  }

  /** Returns an observation with that without the condition beside it. */
  static NamedTensors observed(NamedTensors conditional, NamedTensors unconditional) {
    Map<String, Tensor> both = new LinkedHashMap<>(conditional.toMap());
    unconditional.toMap().forEach((name, tensor) -> both.put(PREFIX + name, tensor));
    return NamedTensors.of(both);
  }

  /** Returns the sum of the energies of both parts of an observation. */
  Tensor energy(NamedTensors observed, Function<NamedTensors, Tensor> energy) {
    Map<String, Tensor> with = new LinkedHashMap<>();
    Map<String, Tensor> without = new LinkedHashMap<>();
    observed
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(PREFIX)) {
                without.put(name.substring(PREFIX.length()), tensor);
              } else {
                with.put(name, tensor);
              }
            });
    return energy
        .apply(NamedTensors.of(with))
        .times(weight)
        .plus(energy.apply(NamedTensors.of(without)).times(1 - weight));
  }
}
