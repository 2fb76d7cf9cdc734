package dev.ebt.bench.code;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;

/**
 * Settings of words and their Gray codes.
 *
 * @param direction what is predicted: decode, the word of a code, each bit of which depends on up
 *     to all bits of the code; or encode, the code of a word, each bit of which depends on two
 *     (decode)
 * @param pairs number of training pairs (2048)
 * @param validationPairs number of validation pairs; none is a training pair (200)
 * @param seed of the choice of words (1)
 */
public record CodeData(Direction direction, Integer pairs, Integer validationPairs, Long seed) {
  /** What is predicted. */
  public enum Direction {
    /** The word of a code. */
    @JsonProperty("decode")
    DECODE,
    /** The code of a word. */
    @JsonProperty("encode")
    ENCODE
  }

  /** Fills in defaults and rejects invalid values. */
  public CodeData {
    direction = requireNonNullElse(direction, Direction.DECODE);
    pairs = requireNonNullElse(pairs, 2048);
    validationPairs = requireNonNullElse(validationPairs, 200);
    seed = requireNonNullElse(seed, 1L);
    if (pairs < 1) {
      throw SettingException.of("pairs", pairs, "at least 1");
    }
    if (validationPairs < 1) {
      throw SettingException.of("validationPairs", validationPairs, "at least 1");
    }
  }
}
