package dev.ebt.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.Excerpt;
import dev.ebt.error.FormerName;
import dev.ebt.error.SettingException;
import dev.ebt.error.UnknownName;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reader that checks trees against record types: every key must be a component, every value of
 * the component's type. Components of primitive types are required; others may be missing or {@code
 * null}, and are null then. All mismatches are reported before anything is bound.
 */
public final class RecordReader {
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-9]+");

  /** The length above which a text is shortened in messages. */
  private static final int LONGEST = 60;

  private final Document document;
  private final Problems problems;

  /** Creates a reader of parts of a document. */
  public RecordReader(Document document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * Returns the record at a path; empty if the tree does not fit, which is reported.
   *
   * @param path the path of {@code node} in the document, for messages
   */
  public <C extends Record> Optional<C> read(Class<C> type, ObjectNode node, String path) {
    int before = problems.count();
    check(node, type, path);
    if (problems.count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(Binding.bind(type, node));
    } catch (Binding.Refused e) {
      if (e.setting().isPresent()) {
        refuse(e.setting().get(), path);
        return Optional.empty();
      }
      String message = String.valueOf(e.getMessage());
      problems.add(document.place(path), path.isEmpty() ? message : path + ": " + message);
      return Optional.empty();
    }
  }

  private void refuse(SettingException mistake, String path) {
    SettingException placed = mistake.at(pathOf(path, mistake.setting()));
    problems.add(document.place(placed.setting()), String.valueOf(placed.getMessage()));
  }

  /** Returns the path of a setting of the record at a path; of one with that path, itself. */
  public static String pathOf(String record, String setting) {
    return record.isEmpty() || setting.startsWith(record + ".")
        ? setting
        : Document.join(record, setting);
  }

  private void check(JsonNode node, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      checkGeneric(node, generic, path);
    } else if (type instanceof Class<?> plain) {
      if (Binding.selfRead(plain)) {
        checkPart(node, path);
      } else if (plain.isRecord()) {
        checkRecord(node, plain, path);
      } else {
        checkScalar(node, plain, path);
      }
    }
  }

  private void checkGeneric(JsonNode node, ParameterizedType type, String path) {
    Type element = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == List.class) {
      if (!(node instanceof ArrayNode list)) {
        mistyped(node, path, "a list expected");
        return;
      }
      for (int i = 0; i < list.size(); i++) {
        checkPresent(list.get(i), element, Document.join(path, Integer.toString(i)));
      }
    } else if (type.getRawType() == Map.class) {
      if (!(node instanceof ObjectNode map)) {
        mistyped(node, path, "a mapping of keys to values expected");
        return;
      }
      map.properties()
          .forEach(e -> checkPresent(e.getValue(), element, Document.join(path, e.getKey())));
    }
  }

  private void checkPresent(JsonNode node, Type type, String path) {
    if (node.isNull()) {
      mistyped(node, path, "a value expected");
    } else {
      check(node, type, path);
    }
  }

  private void checkPart(JsonNode node, String path) {
    if (!node.isTextual() && !(node.isObject() && node.path("name").isTextual())) {
      mistyped(node, path, "a part's name, or a mapping with a 'name', expected");
    }
  }

  private void checkRecord(JsonNode node, Class<?> type, String path) {
    if (!(node instanceof ObjectNode object)) {
      mistyped(node, path, "a mapping of keys to values expected");
      return;
    }
    Map<String, RecordComponent> components = components(type);
    List<String> meant = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!components.containsKey(key)) {
                unknown(Document.join(path, key), key, path, components);
                renamed(key, components)
                    .or(() -> UnknownName.nearest(key, components.keySet()))
                    .ifPresent(meant::add);
              }
            });
    components.forEach(
        (key, component) -> {
          JsonNode value = object.get(key);
          if (value != null && !value.isNull()) {
            check(value, component.getGenericType(), Document.join(path, key));
          } else if (component.getType().isPrimitive() && !meant.contains(key)) {
            problems.add(document.place(path), Document.join(path, key) + " is missing");
          }
        });
  }

  private void unknown(
      String full, String key, String path, Map<String, RecordComponent> components) {
    String kind = path.isEmpty() ? "key" : "key in " + path + ":";
    String message =
        renamed(key, components)
            .map(name -> full + " has been renamed; use " + Document.join(path, name))
            .orElseGet(
                () -> String.valueOf(UnknownName.of(kind, key, components.keySet()).getMessage()));
    problems.add(document.place(full), message);
  }

  /** Returns the present name of a component by its earlier one. */
  private static Optional<String> renamed(String key, Map<String, RecordComponent> components) {
    return components.entrySet().stream()
        .filter(e -> isFormerName(key, e.getValue().getAnnotation(FormerName.class)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isFormerName(String name, @Nullable FormerName former) {
    return former != null && former.value().equals(name);
  }

  private void checkScalar(JsonNode node, Class<?> type, String path) {
    if (type == int.class || type == Integer.class) {
      checkWhole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      checkWhole(node, path, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      if (!node.isNumber()) {
        mistyped(node, path, "a number expected");
      } else if (Double.isInfinite(node.doubleValue())) {
        mistyped(node, path, "a number below 1.8e308 expected");
      }
    } else if (type == boolean.class || type == Boolean.class) {
      if (!node.isBoolean()) {
        mistyped(node, path, "true or false expected");
      }
    } else if (type.isEnum()) {
      checkEnum(node, type, path);
    } else if (!JsonNode.class.isAssignableFrom(type) && !node.isTextual()) {
      mistyped(node, path, "a text expected" + (node.isValueNode() ? " (in quotes)" : ""));
    }
  }

  private void checkWhole(JsonNode node, String path, long least, long greatest) {
    if (!node.isIntegralNumber()) {
      mistyped(node, path, "an integer expected");
      return;
    }
    BigInteger value = node.bigIntegerValue();
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(greatest)) > 0) {
      mistyped(node, path, "an integer from " + least + " to " + greatest + " expected");
    }
  }

  private void checkEnum(JsonNode node, Class<?> type, String path) {
    Map<String, Field> constants = EnumNames.constants(type);
    if (!node.isTextual()) {
      mistyped(node, path, "one of " + String.join(", ", constants.keySet()) + " expected");
    } else if (!constants.containsKey(node.asText())) {
      String value = node.asText();
      String message =
          constants.entrySet().stream()
              .filter(e -> isFormerName(value, e.getValue().getAnnotation(FormerName.class)))
              .map(e -> path + "=" + value + " has been renamed; use " + e.getKey())
              .findFirst()
              .orElseGet(
                  () ->
                      String.valueOf(UnknownName.of(path, value, constants.keySet()).getMessage()));
      problems.add(document.place(path), message);
    }
  }

  private void mistyped(JsonNode node, String path, String expected) {
    String what = path.isEmpty() ? found(node) : path + " is " + found(node);
    String why = octal(node.asText()) ? ", which some read as octal" : "";
    problems.add(document.place(path), what + why + "; " + expected);
  }

  /**
   * Returns whether a text looks like an octal number to YAML 1.1, but like a decimal one to
   * people.
   */
  static boolean octal(String text) {
    return OCTAL.matcher(text).matches();
  }

  /** Returns a description of a value for messages. */
  static String found(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> node.isEmpty() ? "an empty mapping" : "a mapping";
      case ARRAY -> "a list";
      case STRING -> "the text '" + Excerpt.of(node.asText(), LONGEST, 0) + "'";
      case NULL -> "nothing";
      case NUMBER -> node.isBigDecimal() ? number(node.decimalValue()) : node.asText();
      default -> node.asText();
    };
  }

  private static String number(BigDecimal value) {
    return value.toString();
  }

  /**
   * Returns a record's components by their names in configurations. The components of a record that
   * is marked {@link JsonUnwrapped} stand beside the others.
   */
  public static Map<String, RecordComponent> components(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        components.putAll(components(component.getType()));
        continue;
      }
      JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
      components.put(name(given, component.getName()), component);
    }
    return components;
  }

  private static String name(@Nullable JsonProperty given, String otherwise) {
    return given == null || given.value().isEmpty() ? otherwise : given.value();
  }
}
