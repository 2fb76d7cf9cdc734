package dev.ebt.bench.toy;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The energy of a known distribution times a learned factor, β E(x): samplers are compared with the
 * truth on it, and an objective that is right leads β to 1.
 *
 * @param settings the distribution and the initial factor
 */
record KnownEnergy(Settings settings) implements EnergyModel {
  /** The parameter β. */
  static final String FACTOR = "inverseTemperature";

  /**
   * The settings.
   *
   * @param distribution mixture, double-well, ring, two-moons, rosenbrock, ising or ising-relaxed
   *     (mixture)
   * @param factor the initial value of β; 1 is the true energy (1)
   */
  public record Settings(Toy distribution, Double factor) {
    /** Fills in defaults and rejects invalid values. */
    public Settings {
      distribution = requireNonNullElse(distribution, Toy.MIXTURE);
      factor = requireNonNullElse(factor, 1.0);
      if (!(factor > 0) || factor.isInfinite()) {
        throw SettingException.of("factor", factor, "a positive number");
      }
    }
  }

  @Override
  public String description() {
    return "the energy of the distribution " + settings.distribution().word();
  }

  @Override
  public int width() {
    return settings.distribution().distribution().dimension();
  }

  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of("context", context);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor factor =
        parameters.undecayed(FACTOR, Shape.scalar(), Initializer.constant(settings.factor()));
    return settings.distribution().distribution().energy(candidate).times(factor);
  }
}
