package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.config.Document;
import dev.ebt.config.RecordReader;
import dev.ebt.error.UnknownName;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A hint for a setting at a path that does not exist, such as {@code width} or {@code image.size}:
 * the paths at which such a setting exists.
 *
 * @param catalog the catalog of the parts that may have the setting
 * @param kinds the kinds of parts, by their keys
 */
record MisplacedKeyHint(Catalog catalog, Map<String, PartKind> kinds) {
  /**
   * Returns the hint for a path whose first name no configuration has; empty if that is a
   * misspelling of a known one, or if no part of the document has a setting with the path's last
   * name.
   */
  Optional<String> hint(Document document, String path) {
    Map<String, RecordComponent> known = RecordReader.components(RunConfiguration.class);
    String first = path.split("\\.", 2)[0];
    String last = path.substring(path.lastIndexOf('.') + 1);
    if (known.containsKey(first) || UnknownName.nearest(first, known.keySet()).isPresent()) {
      return Optional.empty();
    }
    Map<String, Set<String>> settings = new LinkedHashMap<>();
    kinds.forEach((key, kind) -> settings.put(key, ofPart(kind, document.root().path(key))));
    known.forEach(
        (key, component) -> {
          if (component.getType().isRecord() && !kinds.containsKey(key)) {
            settings.put(key, RecordReader.components(component.getType()).keySet());
          }
        });
    List<String> places =
        settings.entrySet().stream()
            .filter(place -> place.getValue().contains(last))
            .map(place -> place.getKey() + "." + last)
            .toList();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "unknown key '%s': did you mean %s?",
                first,
                String.join(" or ", places)));
  }

  private Set<String> ofPart(PartKind kind, JsonNode choice) {
    if (!PartSettings.readable(choice)) {
      return Set.of();
    }
    String name = PartSettings.read(choice).name();
    return catalog.names(kind).contains(name)
        ? RecordReader.components(catalog.get(kind, name).settings()).keySet()
        : Set.of();
  }
}
