package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data of a training in place of those of its recipe.
 *
 * @param name the name of the data, which the folder of the run gets
 * @param dataset the dataset that reads the data; null for the one named like the modality
 * @param settings the settings of the dataset
 * @param origin the origin of these settings
 */
public record DataOverride(
    String name, @Nullable String dataset, List<Assignment> settings, Origin origin) {

  /** Copies the list. */
  public DataOverride {
    settings = List.copyOf(settings);
  }

  /** Returns the data of a file or folder, read by the dataset named like the modality. */
  public static DataOverride at(Path path) {
    Origin origin = Origin.option("--data " + path);
    return new DataOverride(
        RunNames.stem(path), null, List.of(absolute("data.path", path, origin)), origin);
  }

  /**
   * Returns the data of a file of a task in a published format.
   *
   * @param dataset the name of the dataset that reads it
   */
  public static DataOverride ofTask(String dataset, String format, Path path) {
    Origin origin = Origin.option("--task " + format + "=" + path);
    return new DataOverride(
        format,
        dataset,
        List.of(Assignment.of("data.format", format, origin), absolute("data.path", path, origin)),
        origin);
  }

  /** Returns the data with another setting. */
  public DataOverride with(Assignment setting) {
    List<Assignment> more = new ArrayList<>(settings);
    more.add(setting);
    return new DataOverride(name, dataset, more, origin);
  }

  /**
   * Returns the assignment of a path as an absolute one, so that a run finds it from any working
   * directory.
   */
  public static Assignment absolute(String setting, Path path, Origin origin) {
    return Assignment.of(setting, path.toAbsolutePath().normalize().toString(), origin);
  }

  /**
   * Returns the overrides that choose the data.
   *
   * @param modality supplies the name of the modality; called only if the data needs it
   */
  public Overrides overrides(Supplier<String> modality) {
    String reader = dataset == null ? modality.get() : dataset;
    return Overrides.of(Assignment.of("data.name", reader, origin))
        .and(settings.toArray(Assignment[]::new));
  }
}
