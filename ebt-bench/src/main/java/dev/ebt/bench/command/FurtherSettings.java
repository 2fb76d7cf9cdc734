package dev.ebt.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Origin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartDescription;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.plugin.SettingDescription;
import dev.ebt.plugin.SettingDescriptions;
import dev.ebt.plugin.ThinkingSettings;
import dev.ebt.train.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    PARTS.put("thinking.optimizer", PartKind.OPTIMIZER);
    PARTS.put("thinking.stop", PartKind.STOP);
    PARTS.put("thinking.select", PartKind.SELECT);
    PARTS.put("thinking.repel", PartKind.REPEL);
  }

  /** The lists of parts, of which a configuration names any number. */
  private static final Map<String, PartKind> LISTS =
      Map.of(
          "regularizers", PartKind.REGULARIZER,
          "metrics", PartKind.METRIC,
          "monitors", PartKind.MONITOR);

  private static final Set<String> GROUPS = Set.of("thinking", "training");

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
          JsonNode name = further.at(key + ".name");
          if (name.isTextual()) {
            further.add(key, PartDescription.of(catalog, kind, name.asText()).settings());
          }
        });
    further.add("thinking", SettingDescriptions.of(ThinkingSettings.class));
    further.add("training", SettingDescriptions.of(TrainingSettings.class));
    further.addTop(catalog);
    return further.lines;
  }

  /** Adds the settings of a run that are no settings of one of its parts. */
  private void addTop(Catalog catalog) {
    lines.add("#");
    for (SettingDescription setting : SettingDescriptions.of(RunConfiguration.class)) {
      String key = setting.name();
      if (PARTS.containsKey(key) || GROUPS.contains(key) || isSet(key)) {
        continue;
      }
      PartKind kind = LISTS.get(key);
      String text =
          kind == null
              ? documentation(setting)
              : setting.documentation() + ": " + String.join(", ", catalog.names(kind));
      lines.addAll(PartText.wrapped(text, "# # "));
      lines.add("# " + key + ": " + at(key));
    }
  }

  private JsonNode at(String path) {
    JsonNode value = tree.at("/" + path.replace('.', '/'));
    return value.isMissingNode() ? tree.nullNode() : value;
  }

  private void add(String group, List<SettingDescription> settings) {
    List<SettingDescription> left =
        settings.stream().filter(each -> !isSet(group + "." + each.name())).toList();
    if (left.isEmpty()) {
      return;
    }
    lines.add("#");
    String indent = "# ";
    for (String key : group.split("\\.", -1)) {
      lines.add(indent + key + ":");
      indent += "  ";
    }
    for (SettingDescription setting : left) {
      lines.addAll(PartText.wrapped(documentation(setting), indent + "# "));
      lines.add(indent + setting.name() + ": " + at(group + "." + setting.name()));
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
