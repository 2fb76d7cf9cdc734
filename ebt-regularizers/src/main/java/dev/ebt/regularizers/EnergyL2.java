package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;

/**
 * A pull of energies to zero (Du and Mordatch, arXiv 1903.08689, section 3), which only differ by
 * what matters: an energy's constant is free, and its size can grow without bound while α learns to
 * make up for it.
 *
 * <pre>
 * loss + w E²
 * </pre>
 *
 * <p>E is the energy of the candidate that enters a step, for every step whose result the objective
 * learns from: the mean over all steps in System 1, the last one in System 2. The training loss
 * that is shown has this term in it. Only while learning.
 *
 * @param weight w; 0.01
 */
public record EnergyL2(Double weight) implements Regularizer {

  /** Fills in the default and refuses what has no meaning. */
  public EnergyL2 {
    weight = requireNonNullElse(weight, 0.01);
    if (!(weight > 0) || weight.isInfinite()) {
      throw new UserException("weight is " + weight + "; a finite number above 0 expected");
    }
  }

  @Override
  public Tensor loss(Tensor loss, Tensor energy) {
    return loss.plus(energy.square().times(weight));
  }
}
