package dev.ebt.plugin;

import dev.ebt.config.EnumNames;
import dev.ebt.config.RecordReader;
import dev.ebt.config.SettingDocs;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Descriptions of the components of a settings record. */
public final class SettingDescriptions {
  private SettingDescriptions() {}

  /** Returns the description of every setting, in the order of the record. */
  public static List<SettingDescription> of(Class<? extends Record> type) {
    SettingDefaults defaults = SettingDefaults.of(type);
    List<SettingDescription> settings = new ArrayList<>();
    RecordReader.components(type)
        .forEach(
            (key, component) ->
                settings.add(
                    new SettingDescription(
                        key,
                        words(key, component),
                        defaults.required().contains(key),
                        defaults.values().get(key),
                        values(component.getType()),
                        SettingDocs.of(component.getDeclaringRecord())
                            .getOrDefault(component.getName(), ""))));
    return List.copyOf(settings);
  }

  private static String words(String key, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == PartSettings.class) {
      return "a part" + kind(key);
    }
    if (component.getGenericType() instanceof ParameterizedType generic) {
      boolean list = List.class.isAssignableFrom(type);
      boolean parts = generic.getActualTypeArguments()[0] == PartSettings.class;
      return list
          ? (parts ? "a list of parts" + kind(PartKind.singular(key)) : "a list")
          : "a mapping";
    }
    return words(type);
  }

  private static String words(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "whole number";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", values(type).keySet());
    }
    return type.isRecord() ? "a mapping" : "text";
  }

  private static String kind(String word) {
    Optional<PartKind> kind = PartKind.named(word.equals("data") ? "dataset" : word);
    return kind.map(k -> " of kind " + k.word()).orElse("");
  }

  /** Returns the names of an enum's constants in configurations and their documentation. */
  private static Map<String, String> values(Class<?> type) {
    Map<String, String> values = new LinkedHashMap<>();
    if (type.isEnum()) {
      Map<String, String> documentation = SettingDocs.of(type);
      EnumNames.constants(type)
          .forEach(
              (name, field) -> values.put(name, documentation.getOrDefault(field.getName(), "")));
    }
    return values;
  }
}
