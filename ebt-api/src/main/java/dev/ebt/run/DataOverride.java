package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.plugin.PartSettings;
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

  private static final String SHARE = "data.validation";
  private static final String VALIDATION_PATH = "data.validationPath";

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
    return Overrides.of(Assignment.of("data.name", reader(modality), origin))
        .and(settings.toArray(Assignment[]::new));
  }

  /**
   * Returns the overrides that choose the data in place of those of another run. The split into
   * training and validation data is that of the dataset's defaults, since the other run's is one of
   * its own data.
   *
   * @param modality supplies the name of the modality; called only if the data needs it
   * @param before the data of the other run
   */
  Overrides splitAnew(Supplier<String> modality, PartSettings before) {
    String reader = reader(modality);
    return overrides(() -> reader)
        .and(unset(SHARE, reader, before))
        .and(unset(VALIDATION_PATH, reader, before));
  }

  /**
   * Returns the overrides that use the data as a whole for validation.
   *
   * @param modality supplies the name of the modality; called only if the data needs it
   * @param before the data of the run that is evaluated
   */
  Overrides forValidation(Supplier<String> modality, PartSettings before) {
    String reader = reader(modality);
    return overrides(() -> reader)
        .and(Assignment.of(SHARE, 1, origin))
        .and(unset(VALIDATION_PATH, reader, before));
  }

  private String reader(Supplier<String> modality) {
    return dataset == null ? modality.get() : dataset;
  }

  /** Unsets a setting of the same dataset; others drop it, and may not have it. */
  private Overrides unset(String setting, String reader, PartSettings before) {
    boolean has = before.settings().has(setting.substring("data.".length()));
    return before.name().equals(reader) && has
        ? Overrides.of(Assignment.unset(setting, origin))
        : Overrides.none();
  }
}
