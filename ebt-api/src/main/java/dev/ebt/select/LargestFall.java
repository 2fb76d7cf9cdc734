package dev.ebt.select;

import dev.ebt.tensor.Tensor;

/** Selects the candidate whose energy fell most from its initial value. */
public record LargestFall() implements Selection {
  @Override
  public Tensor score(Inputs candidate) {
    return candidate.energy().minus(candidate.initialEnergy());
  }
}
