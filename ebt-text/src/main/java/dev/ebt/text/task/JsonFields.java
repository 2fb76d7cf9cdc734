package dev.ebt.text.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.Excerpt;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A JSON object of a task file, with its location.
 *
 * @param file the file, or file and line
 * @param place the location in the file: {@code data[0].paragraphs[2]}; empty for the whole
 */
record JsonFields(String file, String place, JsonNode node) {
  private static final int LONGEST = 500;

  /** Returns file and location, for messages. */
  String source() {
    return place.isEmpty() ? file : file + " " + place;
  }

  /** Returns whether the field exists and is not null. */
  boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** Returns a text, which must not be blank. */
  String text(String field) {
    JsonNode value = value(field);
    if (!value.isTextual()) {
      throw unexpected(field, "text", value);
    }
    return notBlank(field, value.asText());
  }

  /** Returns a text or a list of texts, none of which may be blank. */
  List<String> texts(String field) {
    JsonNode value = value(field);
    if (value.isTextual()) {
      return List.of(text(field));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : array(field, "text or a list of texts")) {
      if (!each.isTextual()) {
        throw unexpected(field, "a list of texts", each);
      }
      texts.add(notBlank(field, each.asText()));
    }
    if (texts.isEmpty()) {
      throw new UserException(source() + ": field '" + field + "' is empty");
    }
    return texts;
  }

  private String notBlank(String field, String text) {
    if (text.isBlank()) {
      throw new UserException(source() + ": field '" + field + "' is empty");
    }
    return text;
  }

  /** Returns an object. */
  JsonFields object(String field) {
    JsonNode value = value(field);
    if (!value.isObject()) {
      throw unexpected(field, "an object", value);
    }
    return new JsonFields(file, inside(field), value);
  }

  /** Returns a list of objects. */
  List<JsonFields> objects(String field) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode each : array(field, "a list")) {
      String inside = inside(field) + "[" + objects.size() + "]";
      if (!each.isObject()) {
        throw new UserException(file + " " + inside + ": an object expected, found " + kind(each));
      }
      objects.add(new JsonFields(file, inside, each));
    }
    return objects;
  }

  private String inside(String field) {
    return place.isEmpty() ? field : place + "." + field;
  }

  private JsonNode array(String field, String expected) {
    JsonNode value = value(field);
    if (!value.isArray()) {
      throw unexpected(field, expected, value);
    }
    return value;
  }

  /** Returns the value of a field, which must exist. */
  JsonNode value(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      List<String> fields = new ArrayList<>();
      node.fieldNames().forEachRemaining(fields::add);
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: no field '%s'%s Found: %s",
              source(),
              field,
              UnknownName.nearest(field, fields)
                  .map(name -> ": did you mean '" + name + "'?")
                  .orElse("."),
              fields.isEmpty() ? "none" : Excerpt.of(String.join(", ", fields), LONGEST)));
    }
    return value;
  }

  private UserException unexpected(String field, String expected, JsonNode found) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s: %s expected in field '%s', found %s",
            source(),
            expected,
            field,
            kind(found)));
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
