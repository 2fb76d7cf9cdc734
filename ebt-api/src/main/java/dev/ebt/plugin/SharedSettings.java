package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Document;
import dev.ebt.config.RecordReader;
import dev.ebt.energy.CarriedOverSetting;
import java.lang.reflect.RecordComponent;
import java.util.Map;

/**
 * The rule for an override that sets only the name of another model: settings that mean the same in
 * both models are carried over, so that a baseline has the sizes of the model it is compared with.
 * The other settings of the first model are dropped.
 */
record SharedSettings(Catalog catalog) {
  private static final String KEY = "model";

  /**
   * Returns the later document with the settings carried over to its model.
   *
   * @param before the document without the override
   * @param after the document with the override
   */
  Document keep(Document before, Document after) {
    JsonNode one = before.root().path(KEY);
    JsonNode other = after.root().path(KEY);
    if (!PartSettings.readable(one) || !PartSettings.readable(other)) {
      return after;
    }
    PartSettings from = PartSettings.read(one);
    PartSettings to = PartSettings.read(other);
    if (from.name().equals(to.name())
        || !to.settings().isEmpty()
        || !catalog.names(PartKind.MODEL).contains(to.name())) {
      return after;
    }
    Map<String, RecordComponent> known =
        RecordReader.components(catalog.get(PartKind.MODEL, to.name()).settings());
    ObjectNode shared = from.settings().objectNode();
    from.settings()
        .properties()
        .forEach(
            setting -> {
              RecordComponent component = known.get(setting.getKey());
              if (component != null && component.isAnnotationPresent(CarriedOverSetting.class)) {
                shared.set(setting.getKey(), setting.getValue());
              }
            });
    ObjectNode root = shared.objectNode();
    root.set(KEY, new PartSettings(to.name(), shared).write());
    return after.over(new Document(root, before.origins()));
  }
}
