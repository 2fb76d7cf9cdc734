package dev.ebt.bench.decode;

import dev.ebt.error.UserException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A way of generation that the decoding benchmark measures. */
public enum DecodeWay {
  /** With a key/value cache; the way that the others are compared with. */
  CACHED,
  /** With a cache, several texts together; a time is that of one token of each. */
  TEXTS,
  /** With a cache and several candidates for each token. */
  CANDIDATES,
  /** Observing the whole window for each token. */
  WHOLE,
  /** Computing all positions, and the context again at every step. */
  PUBLISHED;

  /**
   * Returns the ways with these names and {@link #CACHED}; all for null.
   *
   * @throws UserException if there is no such way
   */
  public static Set<DecodeWay> of(@Nullable List<String> names) {
    if (names == null) {
      return EnumSet.allOf(DecodeWay.class);
    }
    Set<DecodeWay> ways = EnumSet.of(CACHED);
    names.forEach(name -> ways.add(of(name)));
    return ways;
  }

  private static DecodeWay of(String name) {
    return Arrays.stream(values())
        .filter(way -> way.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--ways has '"
                        + name
                        + "'; allowed: "
                        + Arrays.stream(values())
                            .map(DecodeWay::label)
                            .collect(Collectors.joining(", "))));
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
