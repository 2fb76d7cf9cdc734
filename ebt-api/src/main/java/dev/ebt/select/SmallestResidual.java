package dev.ebt.select;

import dev.ebt.tensor.Tensor;

/** Selects the candidate that another step would move least: of the smallest ‖α ∂E/∂y‖. */
public record SmallestResidual() implements Selection {
  @Override
  public Tensor score(Inputs candidate) {
    return candidate.residual().get();
  }
}
