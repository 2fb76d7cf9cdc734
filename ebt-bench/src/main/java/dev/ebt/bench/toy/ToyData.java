package dev.ebt.bench.toy;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * The settings of the points.
 *
 * @param distribution where they are from: mixture, double-well, ring, two-moons, rosenbrock, ising
 *     or ising-relaxed (mixture)
 * @param points number of training points (4096)
 * @param validationPoints number of validation points (1024)
 * @param seed of the points (1)
 */
public record ToyData(Toy distribution, Integer points, Integer validationPoints, Long seed) {

  /** Fills in defaults and rejects invalid values. */
  public ToyData {
    distribution = requireNonNullElse(distribution, Toy.MIXTURE);
    points = requireNonNullElse(points, 4096);
    validationPoints = requireNonNullElse(validationPoints, 1024);
    seed = requireNonNullElse(seed, 1L);
    if (points < 1) {
      throw SettingException.of("points", points, "at least 1");
    }
    if (validationPoints < 1) {
      throw SettingException.of("validationPoints", validationPoints, "at least 1");
    }
  }
}
