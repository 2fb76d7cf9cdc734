package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Document;
import dev.ebt.config.RecordReader;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The places of part choices in a configuration, for messages about parts that are created long
 * after it was read. Equal choices have equal mistakes, so the first of them is as good as any.
 */
final class PartOrigins {
  private final Document document;

  PartOrigins(ResolvedConfiguration resolved) {
    this.document = new Document(Binding.tree(resolved.configuration()), resolved.origins());
  }

  /** Returns the configuration with the origins of its values. */
  Document document() {
    return document;
  }

  /**
   * Returns the path of a choice; of one that no configuration names, such as one that a part makes
   * up, the word for its kind.
   */
  String path(PartKind kind, PartSettings choice) {
    return find(document.root(), "", choice).orElse(kind.word());
  }

  /**
   * Returns the refusal of a setting by a part, with its path and origin. A part may also refuse a
   * setting of another one, such as a model {@code modality.name}: the path then begins with a key
   * of the configuration that is no setting of the part.
   */
  UserException located(SettingException mistake, PartKind kind, PartSettings choice) {
    String setting = mistake.setting();
    int dot = setting.indexOf('.');
    boolean ofAnother =
        dot > 0
            && document.root().has(setting.substring(0, dot))
            && !choice.settings().has(setting.substring(0, dot));
    SettingException placed =
        ofAnother ? mistake : mistake.at(RecordReader.pathOf(path(kind, choice), setting));
    String place = document.place(placed.setting());
    return place.isEmpty() ? placed : new UserException(place + ": " + placed.getMessage(), placed);
  }

  private static Optional<String> find(JsonNode node, String path, PartSettings choice) {
    if (PartSettings.readable(node) && PartSettings.read(node).equals(choice)) {
      return Optional.of(path);
    }
    Optional<String> found = Optional.empty();
    if (node.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> entries = node.properties().iterator();
      while (found.isEmpty() && entries.hasNext()) {
        Map.Entry<String, JsonNode> entry = entries.next();
        found = find(entry.getValue(), below(path, entry.getKey()), choice);
      }
    }
    for (int i = 0; node.isArray() && found.isEmpty() && i < node.size(); i++) {
      found = find(node.get(i), below(path, Integer.toString(i)), choice);
    }
    return found;
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
