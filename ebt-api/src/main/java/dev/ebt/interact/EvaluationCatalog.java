package dev.ebt.interact;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.RunParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All ways of plugins to evaluate trained models: tasks, varied settings, probes and readers of
 * answers, by name.
 */
public final class EvaluationCatalog {
  private final Map<String, Catalog.Provided<TaskReader>> tasks = new LinkedHashMap<>();
  private final Map<String, Catalog.Provided<VariedSetting>> varied = new LinkedHashMap<>();
  private final Map<String, Catalog.Provided<Probe>> probes = new LinkedHashMap<>();
  private final Map<String, Catalog.Provided<AnswerReader>> answers = new LinkedHashMap<>();
  private final List<Catalog.Entry> entries = new ArrayList<>();

  private EvaluationCatalog(Catalog catalog) {
    catalog
        .provided(InteractivePlugin.class, "its tasks", InteractivePlugin::tasks)
        .forEach(each -> add("task", each, tasks, TaskReader::name, TaskReader::summary));
    catalog
        .provided(InteractivePlugin.class, "its varied settings", InteractivePlugin::variedSettings)
        .forEach(
            each ->
                add(
                    "varied setting",
                    each,
                    varied,
                    VariedSetting::name,
                    VariedSetting::description));
    catalog
        .provided(InteractivePlugin.class, "its probes", InteractivePlugin::probes)
        .forEach(each -> add("probe", each, probes, Probe::name, Probe::summary));
    catalog
        .provided(
            InteractivePlugin.class, "its readers of answers", InteractivePlugin::answerReaders)
        .forEach(
            each -> add("answer reader", each, answers, AnswerReader::name, AnswerReader::summary));
  }

  private <T> void add(
      String kind,
      Catalog.Provided<T> provided,
      Map<String, Catalog.Provided<T>> byName,
      Function<T, String> nameOf,
      Function<T, String> summaryOf) {
    String name = nameOf.apply(provided.part());
    Catalog.Provided<T> other = byName.put(name, provided);
    if (other != null) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "two %ss are called '%s': one of %s, one of %s; leave one of the plugins away",
              kind,
              name,
              other.plugin(),
              provided.plugin()));
    }
    entries.add(
        new Catalog.Entry(
            kind,
            name,
            summaryOf.apply(provided.part()),
            provided.plugin().name(),
            provided.plugin().origin()));
  }

  /**
   * Returns those of a catalog.
   *
   * @throws UserException if two parts of a kind have one name, or a plugin fails
   */
  public static EvaluationCatalog of(Catalog catalog) {
    return new EvaluationCatalog(catalog);
  }

  /** Returns a listing of all. */
  public List<Catalog.Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the names of the tasks. */
  public Set<String> tasks() {
    return tasks.keySet();
  }

  /**
   * Returns the reader of a task.
   *
   * @throws UserException if there is none of this name
   */
  public TaskReader task(String name) {
    Catalog.Provided<TaskReader> reader = tasks.get(name);
    if (reader == null) {
      throw UnknownName.of("task format", name, tasks.keySet());
    }
    return reader.part();
  }

  /** Returns the settings that an evaluation can vary. */
  public List<VariedSetting> variedSettings() {
    return varied.values().stream().map(Catalog.Provided::part).toList();
  }

  /** Returns the readers of answers. */
  public List<AnswerReader> answerReaders() {
    return answers.values().stream().map(Catalog.Provided::part).toList();
  }

  /**
   * Returns the reader of answers for a model.
   *
   * @throws UserException if there is none for its modality
   */
  public AnswerReader answerReader(RunParts model) {
    return answerReaders().stream()
        .filter(reader -> reader.supports(model.modality()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        Locale.ROOT,
                        "given answers can be ranked for %s; this run has modality '%s'",
                        answerReaders().stream()
                            .map(AnswerReader::subject)
                            .distinct()
                            .collect(Collectors.joining(", ")),
                        model.configuration().modality().name())));
  }

  /** Returns the probe for a model, if there is one. */
  public Optional<Probe> probe(RunParts model) {
    return probes().stream().filter(probe -> probe.supports(model)).findFirst();
  }

  /** Returns the probes. */
  public List<Probe> probes() {
    return probes.values().stream().map(Catalog.Provided::part).toList();
  }
}
