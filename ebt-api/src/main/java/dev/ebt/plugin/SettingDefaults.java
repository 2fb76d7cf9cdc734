package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.RecordReader;
import dev.ebt.error.UserException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of a settings record, found by creating one with as few settings as it accepts.
 *
 * @param required the settings that have to be given
 * @param values the others' defaults
 */
record SettingDefaults(Set<String> required, Map<String, JsonNode> values) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static SettingDefaults of(Class<? extends Record> type) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    Map<String, JsonNode> further = new LinkedHashMap<>();
    RecordReader.components(type)
        .forEach(
            (key, component) -> {
              JsonNode example = example(component.getType());
              if (component.getType().isPrimitive()) {
                given.put(key, example);
              } else if (example != null && !optional(component)) {
                further.put(key, example);
              }
            });
    Optional<ObjectNode> filled = filled(type, given);
    if (filled.isEmpty()) {
      given.putAll(further);
      filled = filled(type, given);
      for (String key : further.keySet()) {
        Map<String, JsonNode> fewer = new LinkedHashMap<>(given);
        fewer.remove(key);
        Optional<ObjectNode> without = filled(type, fewer);
        if (without.isPresent()) {
          given.remove(key);
          filled = without;
        }
      }
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    filled.ifPresent(tree -> tree.properties().forEach(e -> values.put(e.getKey(), e.getValue())));
    values.keySet().removeAll(given.keySet());
    return new SettingDefaults(new LinkedHashSet<>(given.keySet()), values);
  }

  /** Returns the record with these settings and its defaults; empty if it rejects them. */
  private static Optional<ObjectNode> filled(
      Class<? extends Record> type, Map<String, JsonNode> settings) {
    try {
      return Optional.of(Binding.tree(Binding.record(type, JSON.objectNode().setAll(settings))));
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  /** Returns some value of a type; null where records always have a default. */
  private static @Nullable JsonNode example(Class<?> type) {
    if (type == int.class || type == long.class) {
      return JSON.numberNode(1);
    }
    if (type == double.class) {
      return JSON.numberNode(0.5);
    }
    if (type == boolean.class) {
      return JSON.booleanNode(false);
    }
    if (type == String.class || type == PartSettings.class) {
      return JSON.textNode("example");
    }
    return type == List.class ? JSON.arrayNode().add("example") : null;
  }

  private static boolean optional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
