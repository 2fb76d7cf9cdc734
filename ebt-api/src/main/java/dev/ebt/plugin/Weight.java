package dev.ebt.plugin;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.SettingException;

/**
 * The weight of a part, which a configuration has beside the part's own settings.
 *
 * @param weight the factor on the energy of a term; negative to prefer what the term does not, 0
 *     for none of it (1)
 */
record Weight(Double weight) {
  /** The key of the weight. */
  static final String KEY = "weight";

  /** Fills in the default and rejects a weight that is not finite. */
  Weight {
    weight = requireNonNullElse(weight, 1.0);
    if (!Double.isFinite(weight)) {
      throw SettingException.of(KEY, weight, "a finite number");
    }
  }

  /** Returns the settings of a choice that are not the part's own, as a mapping. */
  static ObjectNode of(PartSettings choice) {
    ObjectNode only = choice.settings().objectNode();
    JsonNode weight = choice.settings().get(KEY);
    return weight == null ? only : only.set(KEY, weight);
  }

  /** Returns the weight in a valid choice. */
  static double in(PartSettings choice) {
    return choice.settings().path(KEY).asDouble(1);
  }

  /** Returns a choice without its weight. */
  static PartSettings removed(PartSettings choice) {
    ObjectNode own = choice.settings().deepCopy();
    own.remove(KEY);
    return new PartSettings(choice.name(), own);
  }
}
