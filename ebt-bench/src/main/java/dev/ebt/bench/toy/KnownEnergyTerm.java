package dev.ebt.bench.toy;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * The energy of a known distribution, added to that of a trained model: the product of both
 * densities.
 *
 * @param distribution mixture, double-well, ring, two-moons, rosenbrock, ising or ising-relaxed
 *     (mixture)
 */
record KnownEnergyTerm(Toy distribution) implements EnergyTerm {
  /** Fills in the default. */
  public KnownEnergyTerm {
    distribution = requireNonNullElse(distribution, Toy.MIXTURE);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
    return distribution.distribution().energy(modelInput);
  }
}
