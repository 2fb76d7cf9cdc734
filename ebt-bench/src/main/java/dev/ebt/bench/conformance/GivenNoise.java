package dev.ebt.bench.conformance;

import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Tensor;

/** Langevin noise σε, where ε of step i is the input {@code langevin}i. */
record GivenNoise(double sigma) implements Regularizer {
  static final String NAME = "langevin";

  @Override
  public Tensor beforeStep(Tensor candidate, HookContext site) {
    Tensor noise = Tensor.input(NAME + site.step(), candidate.shape(), ElementType.REAL);
    return candidate.plus(noise.times(sigma));
  }
}
