package dev.ebt.plugin;

import dev.ebt.store.RunDirectory;
import java.util.Map;

/**
 * A part that its settings alone did not make: it was learnt from the data, or read from a file.
 * What it came from may change or go away, so a run keeps what makes the same part again.
 */
public interface HasArtifacts {
  /** The folder for {@link #files} in a run's own. */
  String FOLDER = RunDirectory.PARTS + "/";

  /**
   * Settings that make this part again from nothing but themselves and {@link #files}; of the
   * record that it was made of. They stand in the run's configuration.
   */
  Record settings();

  /**
   * Files to keep with the run, by their paths in its folder, which begin with {@link #FOLDER}.
   * {@link PartContext#file} finds them again.
   */
  default Map<String, byte[]> files() {
    return Map.of();
  }
}
