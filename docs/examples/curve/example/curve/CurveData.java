package example.curve;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of the points.
 *
 * @param points number of training points (2048)
 * @param validationPoints number of validation points (512)
 * @param noise standard deviation of y around its branch (0.05)
 * @param seed of the points (1)
 */
public record CurveData(Integer points, Integer validationPoints, Double noise, Long seed) {

  /** Fills in defaults and rejects invalid values. */
  public CurveData {
    points = requireNonNullElse(points, 2048);
    validationPoints = requireNonNullElse(validationPoints, 512);
    noise = requireNonNullElse(noise, 0.05);
    seed = requireNonNullElse(seed, 1L);
    if (points < 1) {
      throw new SettingException("data.points", "is " + points + "; at least 1 expected");
    }
    if (validationPoints < 1) {
      throw new SettingException(
          "data.validationPoints", "is " + validationPoints + "; at least 1 expected");
    }
    if (!(noise >= 0)) {
      throw new SettingException("data.noise", "is " + noise + "; 0 or more expected");
    }
  }
}
