package dev.ebt.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.PlainNumber;
import dev.ebt.config.RecordReader;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.train.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The facts about a run that determine whether a comparison is fair.
 *
 * @param run the folder of the run
 * @param model the name of its model
 * @param settings the settings that affect training, by path
 * @param ineffective paths of settings, or groups of settings, that its model ignores
 * @param shared the settings of its model that have the same meaning for other models
 * @param parameters the number of parameters
 * @param updates the number of updates
 * @param rowsPerUpdate the number of rows per update
 * @param learningRate its peak learning rate
 * @param trainedOn the fingerprint of the training data; empty if unknown
 * @param evaluatedOn the fingerprint of the data of the evaluation
 * @param evaluatedFrom the settings of that data
 */
public record RunFacts(
    Path run,
    String model,
    Map<String, String> settings,
    Set<String> ineffective,
    Set<String> shared,
    long parameters,
    long updates,
    long rowsPerUpdate,
    double learningRate,
    String trainedOn,
    String evaluatedOn,
    Object evaluatedFrom) {
  private static final Set<String> ELSEWHERE =
      Set.of(
          "backend",
          "monitors",
          "training.logEvery",
          "training.keepCheckpoints",
          "training.checkpointEvery");

  /**
   * Returns the facts about an open model.
   *
   * @param written the configuration of its run, without the overrides of an evaluation
   */
  static RunFacts of(Catalog catalog, Path run, RunConfiguration written, TrainedModel model) {
    TrainingSettings training = written.training();
    RunParts parts = model.parts();
    CheckpointMetadata.Part data = model.progress().parts().get("data");
    return new RunFacts(
        run,
        written.model().name(),
        settingsOf(written),
        ineffective(parts),
        shared(catalog, written.model().name()),
        parts.parameterCount(),
        model.progress().step(),
        (long) training.batch() * training.accumulate(),
        training.learningRate(),
        data == null ? "" : data.fingerprint(),
        parts.dataset().fingerprint(),
        parts.configuration().data());
  }

  private static Set<String> shared(Catalog catalog, String model) {
    Set<String> shared = new HashSet<>();
    RecordReader.components(catalog.get(PartKind.MODEL, model).settings())
        .forEach(
            (key, component) -> {
              if (component.isAnnotationPresent(CarriedOverSetting.class)) {
                shared.add(key);
              }
            });
    return shared;
  }

  private static Set<String> ineffective(RunParts parts) {
    Set<String> ineffective = new HashSet<>();
    if (!parts.thinks()) {
      ineffective.addAll(List.of("thinking", "regularizers"));
      parts.modality().settingsOfThinking().forEach(name -> ineffective.add("modality." + name));
    }
    return ineffective;
  }

  /** Returns whether its model uses a setting. */
  public boolean hasEffect(String path) {
    return ineffective.stream().noneMatch(u -> path.equals(u) || path.startsWith(u + "."));
  }

  /** Returns the settings of a configuration that affect training, by path. */
  public static Map<String, String> settingsOf(RunConfiguration written) {
    Map<String, String> settings = new TreeMap<>();
    flatten("", Binding.tree(written), settings);
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> settings) {
    if (ELSEWHERE.contains(path)) {
      return;
    }
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> {
                String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                flatten(key, entry.getValue(), settings);
              });
    } else if (!node.isArray() || !node.isEmpty()) {
      settings.put(path, words(node));
    }
  }

  /** Returns a value as short text: {@code langevin (sigma 3)} for a part in a list. */
  private static String words(JsonNode node) {
    List<String> words = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(entry -> words.add(words(entry)));
      return String.join(", ", words);
    }
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> {
                if (!entry.getKey().equals("name")) {
                  words.add(entry.getKey() + " " + words(entry.getValue()));
                }
              });
      String name = object.path("name").asText();
      return words.isEmpty() ? name : (name + " (" + String.join(", ", words) + ")").strip();
    }
    return node.isFloatingPointNumber() ? PlainNumber.of(node.asDouble()) : node.asText();
  }
}
