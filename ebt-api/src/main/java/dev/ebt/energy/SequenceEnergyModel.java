package dev.ebt.energy;

import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/** An energy model with one prediction per position, which can look at some of them alone. */
public interface SequenceEnergyModel extends EnergyModel {
  /**
   * The observation for energies of only some predictions: what generation needs of the last one.
   *
   * @param positions whole numbers [count]: the observed positions whose next element is predicted
   * @return an observation whose energies are [rows, count]
   */
  NamedTensors focus(NamedTensors observed, Tensor positions);
}
