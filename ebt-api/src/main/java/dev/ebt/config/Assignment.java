package dev.ebt.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A value that overrides the one of a configuration at a path.
 *
 * @param path the dotted path of the setting; entries of lists are named by their index
 * @param value the value; null as a JSON value unsets the setting
 * @param origin the origin of the value
 */
public record Assignment(String path, JsonNode value, Origin origin) {
  /** Returns the assignment of a text. */
  public static Assignment of(String path, String value, Origin origin) {
    return new Assignment(path, TextNode.valueOf(value), origin);
  }

  /** Returns the assignment of true or false. */
  public static Assignment of(String path, boolean value, Origin origin) {
    return new Assignment(path, BooleanNode.valueOf(value), origin);
  }

  /** Returns the assignment of a number. */
  public static Assignment of(String path, Number value, Origin origin) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    JsonNode node =
        value instanceof Integer || value instanceof Long
            ? nodes.numberNode(value.longValue())
            : nodes.numberNode(new java.math.BigDecimal(value.toString()));
    return new Assignment(path, node, origin);
  }

  /** Returns the assignment that unsets a setting, which then has its default. */
  public static Assignment unset(String path, Origin origin) {
    return new Assignment(path, JsonNodeFactory.instance.nullNode(), origin);
  }

  /** Returns whether this sets a setting at, or below, a path. */
  public boolean within(String group) {
    return path.equals(group) || path.startsWith(group + ".");
  }

  /** Returns the number of names in the path after the first. */
  int depth() {
    return (int) path.chars().filter(c -> c == '.').count();
  }

  /** Returns the origins of the value and of every value in it, by their paths. */
  Map<String, Origin> origins() {
    Map<String, Origin> origins = new HashMap<>();
    add(path, value, origins);
    return origins;
  }

  private void add(String at, JsonNode node, Map<String, Origin> origins) {
    origins.put(at, origin);
    if (node instanceof ObjectNode object) {
      object.properties().forEach(e -> add(Document.join(at, e.getKey()), e.getValue(), origins));
    } else {
      for (int i = 0; i < node.size(); i++) {
        add(Document.join(at, Integer.toString(i)), node.get(i), origins);
      }
    }
  }
}
