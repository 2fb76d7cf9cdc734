package dev.ebt.plugin;

import dev.ebt.store.RunDirectory;
import java.util.Map;

/**
 * A part that is not determined by its settings alone: it was fitted to the data, or read from a
 * file. Since its source may change or disappear, a run stores what is needed to recreate the same
 * part.
 */
public interface HasArtifacts {
  /** The folder of {@link #files} within a run's folder. */
  String FOLDER = RunDirectory.PARTS + "/";

  /**
   * Returns settings that recreate this part from nothing but themselves and {@link #files}; of the
   * same record class that it was created from. They are written to the run's configuration.
   */
  Record settings();

  /**
   * Returns the files to store with the run, by their paths in its folder, which begin with {@link
   * #FOLDER}. {@link PartContext#file} resolves them later.
   */
  default Map<String, byte[]> files() {
    return Map.of();
  }
}
