package dev.ebt.select;

import static dev.ebt.tensor.Functions.clamp;
import static dev.ebt.tensor.Functions.log;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;

/**
 * Samples a candidate with probability proportional to exp(−E/T), by the Gumbel-max trick: the
 * lowest E/T − G, where G has the standard Gumbel distribution.
 *
 * @param temperature T, positive (1)
 * @param seed of the samples, besides the seed of thinking (0)
 */
public record SoftminSampling(Double temperature, Long seed) implements Selection {
  /** The first random stream of selections: those of thinking steps and of candidates are lower. */
  private static final long STREAM = 1L << 43;

  /** Keeps logarithms finite in single precision. */
  private static final double SMALL = 1e-7;

  /** Fills in defaults and validates the settings. */
  public SoftminSampling {
    temperature = requireNonNullElse(temperature, 1.0);
    seed = requireNonNullElse(seed, 0L);
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw SettingException.of("temperature", temperature, "a positive number");
    }
    if (seed < 0 || seed >= STREAM) {
      throw SettingException.of("seed", seed, "0 to " + (STREAM - 1));
    }
  }

  @Override
  public Tensor score(Inputs candidate) {
    Tensor uniform =
        Functions.randomUniform(candidate.key(), STREAM + seed, candidate.energy().shape());
    Tensor gumbel = log(log(clamp(uniform, SMALL, 1 - SMALL)).times(-1)).times(-1);
    return candidate.energy().divide(temperature).minus(gumbel);
  }
}
