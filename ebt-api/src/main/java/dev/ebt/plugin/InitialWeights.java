package dev.ebt.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The run whose weights a training begins with.
 *
 * @param run its folder; null if weights are initialized at random
 */
public record InitialWeights(@Nullable Path run) {
  /**
   * Returns the run that {@code from} names: a folder, or a bundled model.
   *
   * @throws dev.ebt.error.UserException if the model cannot be unpacked, or if the path is nearly
   *     its name
   */
  static InitialWeights of(Catalog catalog, RunConfiguration configuration) {
    String from = configuration.from();
    return new InitialWeights(
        from == null ? null : BundledModelFolders.folder(catalog, Path.of(from)));
  }
}
