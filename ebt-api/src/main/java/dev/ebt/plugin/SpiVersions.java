package dev.ebt.plugin;

import dev.ebt.error.UserException;
import java.util.Optional;

/**
 * The versions of the plugin interface that plugins may have been compiled against. Additions raise
 * the newest one; what breaks plugins raises the oldest one, too.
 */
record SpiVersions(int oldest, int newest) {
  /** The versions that this build of ebt supports. */
  static final SpiVersions SUPPORTED =
      new SpiVersions(EbtPlugin.OLDEST_SPI_VERSION, EbtPlugin.SPI_VERSION);

  /**
   * Checks the version of a plugin.
   *
   * @param plugin the plugin, for the message
   * @param origin the jar or folder of this plugin interface
   * @throws UserException if it is not supported
   */
  void check(int version, Object plugin, String origin) {
    Optional<String> remedy =
        version > newest
            ? Optional.of("use a newer ebt, or a build of the plugin for this version")
            : version < oldest
                ? Optional.of("get a build of the plugin for this version")
                : Optional.empty();
    remedy.ifPresent(
        what -> {
          throw new UserException(
              plugin
                  + " was built for version "
                  + version
                  + " of the plugin interface; this ebt supports "
                  + (oldest == newest
                      ? "version " + newest
                      : "versions " + oldest + " to " + newest)
                  + " ("
                  + origin
                  + "): "
                  + what);
        });
  }
}
