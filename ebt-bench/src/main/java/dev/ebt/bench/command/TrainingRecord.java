package dev.ebt.bench.command;

import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** The record of a training, which some commands read: a bundled model has none. */
final class TrainingRecord {
  private TrainingRecord() {}

  /**
   * Refuses the name of a bundled model, unless a run is there.
   *
   * @param discovery asked only for a path that may be such a name
   * @throws UserException if the path is such a name
   */
  static void check(Supplier<Catalog> discovery, Path run) {
    if (BundledModelFolders.mayBeName(run)
        && discovery.get().bundledModels().contains(run.toString())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is a bundled model, which has no record of its training; './ebt eval %1$s' and"
                  + " './ebt report %1$s' evaluate it. A run of this name is ./%1$s",
              run));
    }
  }
}
