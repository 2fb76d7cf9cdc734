package dev.ebt.select;

import dev.ebt.tensor.Tensor;

/** Selects the candidate of the lowest final energy: self-verification. */
public record LowestEnergy() implements Selection {
  @Override
  public boolean byEnergy() {
    return true;
  }

  @Override
  public Tensor score(Inputs candidate) {
    return candidate.energy();
  }
}
