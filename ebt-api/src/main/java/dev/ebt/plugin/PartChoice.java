package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import java.util.Optional;

/**
 * A choice of a part of one kind. Parts of two kinds may have one name and equal settings.
 *
 * @param kind the kind of part
 */
record PartChoice(PartKind kind, PartSettings settings) {

  /** Returns a configuration in which every occurrence of this choice is replaced by another. */
  RunConfiguration replacedIn(RunConfiguration configuration, PartSettings other) {
    ObjectNode tree = Binding.tree(configuration);
    replace(tree, other.write());
    return Binding.record(RunConfiguration.class, tree);
  }

  private void replace(ObjectNode object, JsonNode other) {
    object
        .properties()
        .forEach(entry -> entry.setValue(replaced(entry.getKey(), entry.getValue(), other)));
  }

  private JsonNode replaced(String key, JsonNode node, JsonNode other) {
    if (isOf(key) && isThis(node)) {
      return other;
    }
    if (node instanceof ObjectNode object) {
      replace(object, other);
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, replaced(PartKind.singular(key), list.get(i), other));
      }
    }
    return node;
  }

  /**
   * Returns whether a part of this kind may stand at a key: of a kind that it names, only those.
   */
  private boolean isOf(String key) {
    Optional<PartKind> named = PartKind.named(key.equals("data") ? "dataset" : key);
    return named.isEmpty() || named.get() == kind;
  }

  private boolean isThis(JsonNode node) {
    return PartSettings.readable(node) && PartSettings.read(node).equals(settings);
  }
}
