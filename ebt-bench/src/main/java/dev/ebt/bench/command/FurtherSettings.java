package dev.ebt.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Origin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartDescription;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.plugin.SettingDescription;
import dev.ebt.plugin.SettingDescriptions;
import dev.ebt.plugin.ThinkingSettings;
import dev.ebt.train.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings that a configuration leaves at their defaults, as commented-out YAML with the
 * documentation of each.
 */
final class FurtherSettings {
  private static final Map<String, PartKind> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("modality", PartKind.MODALITY);
    PARTS.put("data", PartKind.DATASET);
    PARTS.put("model", PartKind.MODEL);
    PARTS.put("objective", PartKind.OBJECTIVE);
    PARTS.put("optimizer", PartKind.OPTIMIZER);
    PARTS.put("schedule", PartKind.SCHEDULE);
    PARTS.put("clip", PartKind.TRANSFORM);
    PARTS.put("backend", PartKind.BACKEND);
  }

  private final ObjectNode tree;
  private final ResolvedConfiguration configuration;
  private final List<String> lines = new ArrayList<>();

  private FurtherSettings(ResolvedConfiguration configuration) {
    this.configuration = configuration;
    this.tree = Binding.tree(configuration.configuration());
  }

  /** Returns the lines, each a YAML comment. */
  static List<String> of(Catalog catalog, ResolvedConfiguration configuration) {
    FurtherSettings further = new FurtherSettings(configuration);
    further.lines.add("#");
    further.lines.add(
        "# All other settings of these parts, with the values that they have here. To");
    further.lines.add(
        "# change one, set it under its key above. 'ebt plugins' lists further parts.");
    PARTS.forEach(
        (key, kind) -> {
          String name = further.tree.path(key).path("name").asText();
          PartDescription part = PartDescription.of(catalog, kind, name);
          further.add(key, part.settings());
        });
    further.add("thinking", SettingDescriptions.of(ThinkingSettings.class));
    further.add("training", SettingDescriptions.of(TrainingSettings.class));
    return further.lines;
  }

  private void add(String group, List<SettingDescription> settings) {
    List<SettingDescription> left =
        settings.stream().filter(each -> !isSet(group + "." + each.name())).toList();
    if (left.isEmpty()) {
      return;
    }
    lines.add("#");
    lines.add("# " + group + ":");
    for (SettingDescription setting : left) {
      lines.addAll(PartText.wrapped(documentation(setting), "#   # "));
      JsonNode value = tree.path(group).get(setting.name());
      lines.add("#   " + setting.name() + ": " + (value == null ? "null" : value));
    }
  }

  private static String documentation(SettingDescription setting) {
    return setting.values().isEmpty()
        ? setting.documentation()
        : setting.documentation() + ": " + setting.type();
  }

  /** Returns whether the recipe sets a value, or one within it. */
  private boolean isSet(String path) {
    return configuration.origins().entrySet().stream()
        .filter(each -> each.getValue().kind() == Origin.Kind.RECIPE)
        .map(Map.Entry::getKey)
        .anyMatch(set -> set.equals(path) || set.startsWith(path + "."));
  }
}
