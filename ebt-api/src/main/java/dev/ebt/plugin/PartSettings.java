package dev.ebt.plugin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

  /** Returns a copy in which every occurrence of a choice is replaced by another. */
  PartSettings replacing(PartSettings choice, PartSettings other) {
    return equals(choice)
        ? other
        : new PartSettings(name, replaced(settings, choice.write(), other.write()));
  }

  private static <N extends JsonNode> N replaced(N tree, JsonNode choice, JsonNode other) {
    N copy = tree.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(within(entry.getValue(), choice, other)));
    } else if (copy instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, within(list.get(i), choice, other));
      }
    }
    return copy;
  }

  private static JsonNode within(JsonNode node, JsonNode choice, JsonNode other) {
    return node.equals(choice) ? other : replaced(node, choice, other);
  }

  /** Returns the mapping form, name first. */
  @JsonValue
  ObjectNode write() {
    ObjectNode node = settings.objectNode().put("name", name);
    return node.setAll(settings);
  }
}
