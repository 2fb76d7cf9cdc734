package dev.ebt.text.fact;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of the built-in facts.
 *
 * @param pairs the number of facts (1000)
 * @param twoWay the number of them that training has in both directions; the others have the name
 *     first (200)
 * @param seed the seed of the facts (1)
 */
public record FactDatasetSettings(Integer pairs, Integer twoWay, Long seed) {
  /** Fills in defaults and rejects invalid values. */
  public FactDatasetSettings {
    pairs = requireNonNullElse(pairs, 1000);
    if (pairs < 2 || pairs > Facts.MOST) {
      throw new SettingException(
          "data.pairs", "is " + pairs + "; 2 to " + Facts.MOST + " expected");
    }
    twoWay = requireNonNullElse(twoWay, pairs / 5);
    seed = requireNonNullElse(seed, 1L);
    if (twoWay < 0 || twoWay >= pairs) {
      throw new SettingException(
          "data.twoWay",
          "is " + twoWay + "; 0 to " + (pairs - 1) + " expected, less than data.pairs");
    }
  }

  /** Returns the facts. */
  public Facts facts() {
    return Facts.drawn(pairs, twoWay, seed);
  }
}
