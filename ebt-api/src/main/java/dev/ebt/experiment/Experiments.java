package dev.ebt.experiment;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The experiments that the plugins provide, by name. */
public final class Experiments {
  private final Map<String, Catalog.Provided<Experiment>> byName = new LinkedHashMap<>();

  private Experiments(Catalog catalog) {
    for (Catalog.Provided<Experiment> provided :
        catalog.<ExperimentPlugin, Experiment>provided(
            ExperimentPlugin.class, "its experiments", ExperimentPlugin::experiments)) {
      Catalog.Provided<Experiment> other = byName.put(provided.part().name(), provided);
      if (other != null) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "two experiments are called '%s': one of %s, one of %s; leave one of the plugins"
                    + " away",
                provided.part().name(),
                other.plugin(),
                provided.plugin()));
      }
    }
  }

  /**
   * Returns the experiments of a catalog.
   *
   * @throws UserException if two have one name, or a plugin fails
   */
  public static Experiments of(Catalog catalog) {
    return new Experiments(catalog);
  }

  /** Returns all experiments, in the order of the plugins. */
  public List<Experiment> all() {
    List<Experiment> all = new ArrayList<>();
    byName.values().forEach(provided -> all.add(provided.part()));
    return all;
  }

  /**
   * Returns an experiment.
   *
   * @throws UserException if there is none of this name
   */
  public Experiment named(String name) {
    Catalog.Provided<Experiment> provided = byName.get(name);
    if (provided == null) {
      throw UnknownName.of("experiment", name, byName.keySet());
    }
    return provided.part();
  }

  /** Returns a listing of them. */
  public List<Catalog.Entry> entries() {
    return byName.values().stream()
        .map(
            provided ->
                new Catalog.Entry(
                    "experiment",
                    provided.part().name(),
                    provided.part().summary(),
                    provided.plugin().name(),
                    provided.plugin().origin()))
        .toList();
  }
}
