package dev.ebt.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import java.util.List;

/** The option {@code --energy}, a short form of the setting {@code thinking.energies}. */
final class EnergyOption {
  private static final String SETTING = "thinking.energies";

  private EnergyOption() {}

  /**
   * Returns the setting for energies that are given as {@code NAME[,KEY=VALUE]...} each.
   *
   * @throws UserException if one has another form
   */
  static Overrides overrides(List<String> energies) {
    if (energies.isEmpty()) {
      return Overrides.none();
    }
    ArrayNode terms = JsonNodeFactory.instance.arrayNode();
    energies.forEach(energy -> terms.add(term(energy)));
    Origin origin = new Origin(Origin.Kind.SET, "--energy " + String.join(" --energy ", energies));
    return Overrides.of(new Assignment(SETTING, terms, origin));
  }

  private static ObjectNode term(String energy) {
    List<String> pieces = List.of(energy.split(",", -1));
    String name = pieces.get(0).strip();
    if (name.isEmpty() || name.contains("=")) {
      throw mistake(energy);
    }
    ObjectNode term = JsonNodeFactory.instance.objectNode().put("name", name);
    for (String piece : pieces.subList(1, pieces.size())) {
      String key = piece.substring(0, Math.max(0, piece.indexOf('='))).strip();
      if (key.isEmpty() || term.has(key)) {
        throw mistake(energy);
      }
      term.set(key, value(piece.substring(piece.indexOf('=') + 1)));
    }
    return term;
  }

  private static JsonNode value(String yaml) {
    return Overrides.of(SETTING + "=" + yaml).assignments().stream()
        .findFirst()
        .map(Assignment::value)
        .orElseThrow(() -> new UserException("--energy: '" + yaml + "' is no value"));
  }

  private static UserException mistake(String energy) {
    return new UserException(
        "--energy is '"
            + energy
            + "'; NAME[,KEY=VALUE]... with each key once expected, such as"
            + " run,path=runs/other,weight=0.5");
  }
}
