package dev.ebt.store;

import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder for files that can be made again, such as tokens of texts. */
public final class CacheFolder {
  private static final String LIMIT = "EBT_CACHE_SIZE";
  private static final String LIMIT_BY_DEFAULT = "10 GiB";

  private CacheFolder() {}

  /**
   * Returns the folder of the user: that which the variable {@code EBT_CACHE} names, or {@code ebt}
   * in the user's folder for caches; none if the variable is empty. It need not exist.
   */
  public static Optional<Path> ofUser() {
    return of(System.getenv(), System.getProperty("user.home"));
  }

  static Optional<Path> of(Map<String, String> environment, String home) {
    String own = environment.get("EBT_CACHE");
    if (own != null) {
      return own.isEmpty() ? Optional.empty() : Optional.of(Path.of(own));
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String windows = environment.getOrDefault("LOCALAPPDATA", "");
    Path parent =
        !cache.isEmpty() && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : windows.isEmpty() ? Path.of(home, ".cache") : Path.of(windows);
    return Optional.of(parent.resolve("ebt"));
  }

  /**
   * Returns the limit in bytes on what grows with use: that of the variable {@code EBT_CACHE_SIZE},
   * such as {@code 500 MiB}, or 10 GiB.
   *
   * @throws UserException if the variable is no size
   */
  public static long limit() {
    return limit(System.getenv());
  }

  static long limit(Map<String, String> environment) {
    String size = environment.getOrDefault(LIMIT, LIMIT_BY_DEFAULT);
    return ByteSizes.parse(size)
        .orElseThrow(
            () ->
                new UserException(
                    LIMIT + " is '" + size + "'; a size such as 500 MiB or 20 GiB expected"));
  }
}
