package dev.ebt.energy;

import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/** An energy model with one prediction per position that can evaluate a subset of positions. */
public interface SequenceEnergyModel extends EnergyModel {
  /**
   * Returns the observation for a subset of predictions; generation uses it for the last one.
   *
   * @param positions integers [rows, count]: the observed positions of each row whose next element
   *     is predicted
   * @return an observation whose energies are [rows, count]
   */
  NamedTensors focus(NamedTensors observed, Tensor positions);
}
