package dev.ebt.interact;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Required;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.LoadedPlugin;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All interactions of the plugins, and the default one for any modality as the last. */
public final class Interactions {
  private final Map<String, ProvidedInteraction<?>> byName = new LinkedHashMap<>();
  private final List<Catalog.Entry> entries = new ArrayList<>();

  private Interactions(Catalog catalog) {
    catalog
        .provided(InteractivePlugin.class, "its interactions", InteractivePlugin::interactions)
        .forEach(provided -> add(provided.part(), provided.plugin()));
    ExamplePredictions ours = new ExamplePredictions();
    byName.put(ours.name(), ProvidedInteraction.of(ours, "ebt"));
  }

  private void add(Interaction<?> interaction, LoadedPlugin plugin) {
    ProvidedInteraction<?> known = ProvidedInteraction.of(interaction, plugin.toString());
    entries.add(
        new Catalog.Entry(
            "interaction",
            interaction.name(),
            interaction.summary(),
            plugin.name(),
            plugin.origin()));
    ProvidedInteraction<?> other = byName.put(interaction.name(), known);
    if (other != null || interaction.name().equals(ExamplePredictions.NAME)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "two interactions are called '%s': one of %s, one of %s; leave one of the plugins away",
              interaction.name(),
              other == null ? "ebt" : other.origin(),
              plugin));
    }
  }

  /**
   * Returns the interactions of a catalog.
   *
   * @throws UserException if two have one name, or a plugin fails
   */
  public static Interactions of(Catalog catalog) {
    return new Interactions(catalog);
  }

  /** Returns all interactions. */
  public List<Interaction<?>> all() {
    List<Interaction<?>> all = new ArrayList<>();
    byName.values().forEach(known -> all.add(known.interaction()));
    return all;
  }

  /** Returns the options of an entry of the listing; none if it is no interaction. */
  List<Options.Spec> options(Catalog.Entry entry) {
    return entries.contains(entry)
        ? Required.of(byName, entry.name()).options().specs()
        : List.of();
  }

  /** Returns a listing of the interactions of plugins. */
  public List<Catalog.Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Runs an interaction by its name.
   *
   * @param values of its own options, by names such as {@code --top-k}
   * @throws UserException if there is no such interaction or option, if it is not for the model's
   *     modality, or if it refuses a value
   */
  public void run(
      String name,
      TrainedModel model,
      CommonOptions common,
      Map<String, ?> values,
      Outputs outputs) {
    ProvidedInteraction<?> known = byName.get(name);
    if (known == null) {
      throw UnknownName.of("interaction", name, byName.keySet());
    }
    if (!known.interaction().supports(model.modality())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "interaction '%s' is for %s; this run has modality '%s'",
              name,
              known.interaction().subject(),
              model.parts().configuration().modality().name()));
    }
    for (String option : values.keySet()) {
      if (!known.options().haveAll(Set.of(option))) {
        throw UnknownName.of(
            "option",
            option,
            new LinkedHashSet<>(known.options().specs().stream().map(Options.Spec::name).toList()));
      }
    }
    known.run(model, common, values, outputs);
  }

  /**
   * Runs the interaction that these options ask for.
   *
   * @param given the values of the options that are given, by names such as {@code --top-k}
   * @throws UserException if no interaction of the model's modality has them, or a value is
   *     unsuitable
   */
  public void run(TrainedModel model, CommonOptions common, Map<String, ?> given, Outputs outputs) {
    find(model.modality(), given)
        .orElseThrow(() -> refusal(model, given.keySet()))
        .run(model, common, given, outputs);
  }

  /**
   * Returns the name of the option that a user is asked for, if the interaction that these options
   * ask for has one that is not given.
   *
   * @throws UserException as {@link #run}
   */
  public Optional<String> prompted(TrainedModel model, Map<String, ?> given) {
    return find(model.modality(), given)
        .orElseThrow(() -> refusal(model, given.keySet()))
        .interaction()
        .promptedOption(given.keySet())
        .filter(option -> !given.containsKey(option));
  }

  /**
   * Refuses options as {@link #run} does, without running anything.
   *
   * @throws UserException if they are refused
   */
  public void check(TrainedModel model, CommonOptions common, Map<String, ?> given) {
    find(model.modality(), given)
        .orElseThrow(() -> refusal(model, given.keySet()))
        .check(model, common, given);
  }

  private List<ProvidedInteraction<?>> supporting(Modality modality) {
    return byName.values().stream()
        .filter(known -> known.interaction().supports(modality))
        .toList();
  }

  private Optional<ProvidedInteraction<?>> find(Modality modality, Map<String, ?> given) {
    return supporting(modality).stream().filter(k -> k.accepts(given)).findFirst();
  }

  private UserException refusal(TrainedModel model, Set<String> given) {
    List<ProvidedInteraction<?>> supporting = supporting(model.modality());
    for (String option : given) {
      Set<String> one = Set.of(option);
      if (supporting.stream().noneMatch(known -> known.options().haveAll(one))) {
        return new UserException(
            String.format(
                Locale.ROOT,
                "%s is for %s; this run has modality '%s'. Without it, %s",
                option,
                subjects(option),
                model.parts().configuration().modality().name(),
                find(model.modality(), Map.of()).orElseThrow().interaction().summary()));
      }
    }
    return new UserException(
        String.join(" and ", given)
            + (given.size() == 1 ? " needs a further option" : " do not go together"));
  }

  /** Returns the nouns of the data that an option is for. */
  private String subjects(String option) {
    return byName.values().stream()
        .filter(known -> known.options().haveAll(Set.of(option)))
        .map(known -> known.interaction().subject())
        .distinct()
        .collect(joining(", "));
  }

  /** Returns a preview of what a model in training produces; the caller closes it. */
  public Preview preview(RunParts parts) {
    return supporting(parts.modality()).stream()
        .flatMap(known -> known.interaction().preview(parts).stream())
        .findFirst()
        .orElseThrow();
  }

  /** Returns the options to suggest after a training; may be empty. */
  public String suggestion(Modality modality) {
    return supporting(modality).stream()
        .map(known -> known.interaction().suggestion())
        .filter(options -> !options.isEmpty())
        .findFirst()
        .orElse("");
  }
}
