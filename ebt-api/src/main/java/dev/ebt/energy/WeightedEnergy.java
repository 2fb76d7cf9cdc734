package dev.ebt.energy;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A term of an energy with its weight.
 *
 * @param name the scope of the term's variables and observation, unique among the terms of an
 *     energy
 * @param weight the factor on the term's energy; a negative one makes what the term prefers
 *     unlikely
 */
public record WeightedEnergy(String name, EnergyTerm term, double weight) {
  /**
   * Rejects a weight that is not finite.
   *
   * @throws SettingException if it is not
   */
  public WeightedEnergy {
    if (!Double.isFinite(weight)) {
      throw SettingException.of("weight", weight, "a finite number");
    }
  }

  /** Returns the values of the term's parameters by their variables on a backend. */
  public Map<Variable, Array> values() {
    Map<Variable, Array> values = new LinkedHashMap<>();
    new TreeMap<>(term.parameters())
        .forEach((key, value) -> values.put(Variable.real(name + "." + key, value.shape()), value));
    return values;
  }
}
