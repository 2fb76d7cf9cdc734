package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;

/**
 * An L2 penalty on energies (Du and Mordatch, arXiv 1903.08689, section 3). Only energy differences
 * affect the predictions: the constant of an energy is arbitrary, and its scale can grow without
 * bound while a learned α compensates.
 *
 * <pre>
 * loss + w E²
 * </pre>
 *
 * <p>E is the energy of the candidate before a step, for every step whose result enters the loss:
 * the mean over all steps in System 1, the last step in System 2. The reported training loss
 * includes this term. Applied in training only.
 *
 * @param weight w; 0.01
 */
public record EnergyL2(Double weight) implements Regularizer {

  /** Fills in the default and rejects invalid values. */
  public EnergyL2 {
    weight = requireNonNullElse(weight, 0.01);
    if (!(weight > 0) || weight.isInfinite()) {
      throw new SettingException("weight", "is " + weight + "; a finite number above 0 expected");
    }
  }

  @Override
  public Tensor loss(Tensor loss, Tensor energy) {
    return loss.plus(energy.square().times(weight));
  }
}
