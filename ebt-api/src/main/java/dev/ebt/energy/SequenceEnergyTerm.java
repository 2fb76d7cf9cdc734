package dev.ebt.energy;

import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/** A term with one prediction per position that can be evaluated at some positions only. */
public interface SequenceEnergyTerm extends EnergyTerm {
  /**
   * Returns the observation for a subset of predictions: see {@link SequenceEnergyModel#focus}.
   *
   * @param positions integers [rows, count]
   * @return an observation whose energies are [rows, count]
   */
  NamedTensors focus(NamedTensors observed, Tensor positions);
}
