package dev.ebt.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A part chosen by name, with its settings: {@code {name: adamw, weightDecay: 0.01}}, or just
 * {@code adamw}.
 *
 * @param name the factory's name
 * @param settings the other keys, as written
 */
public record PartSettings(String name, ObjectNode settings) {
  /** Returns the part with this name and every setting at its default. */
  public static PartSettings of(String name) {
    return new PartSettings(name, JsonNodeFactory.instance.objectNode());
  }

  /** Reads either form. */
  @JsonCreator
  static PartSettings read(JsonNode node) {
    if (node.isTextual()) {
      return of(node.asText());
    }
    if (!(node instanceof ObjectNode object) || !readable(node)) {
      throw new IllegalArgumentException("a part's name, or a mapping with a name, expected");
    }
    ObjectNode settings = object.deepCopy();
    settings.remove("name");
    return new PartSettings(object.get("name").asText(), settings);
  }

  /** Returns whether {@link #read} accepts a node. */
  static boolean readable(JsonNode node) {
    return node.isTextual() || node.path("name").isTextual();
  }

  /** Returns the mapping form, name first. */
  @JsonValue
  ObjectNode write() {
    ObjectNode node = settings.objectNode().put("name", name);
    return node.setAll(settings);
  }
}
