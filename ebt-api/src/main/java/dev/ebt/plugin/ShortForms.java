package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Assignment;
import dev.ebt.config.Document;
import dev.ebt.config.Origin;
import dev.ebt.config.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The short forms of settings: {@code training.warmUp} and the like stand for those of the {@code
 * schedule}, {@code training.clip} for {@code clip}, and a number there for clipping by the global
 * norm.
 */
final class ShortForms {
  private static final String TRAINING = "training.";
  private static final String CLIP = "clip";

  /** The settings that short forms stand for. */
  private static final Map<String, String> PATHS = new LinkedHashMap<>();

  static {
    PATHS.put(TRAINING + ScheduleSettings.KEY, ScheduleSettings.KEY);
    for (String key : new String[] {"warmUp", "warmUpStart", "decaySteps", "floor"}) {
      PATHS.put(TRAINING + key, ScheduleSettings.KEY + "." + key);
    }
    PATHS.put(TRAINING + CLIP, CLIP);
  }

  private ShortForms() {}

  /** Returns the assignment that a short form stands for, or the assignment itself. */
  static Assignment expand(Assignment assignment) {
    Assignment expanded = assignment;
    for (Map.Entry<String, String> form : PATHS.entrySet()) {
      if (assignment.within(form.getKey())) {
        String path = form.getValue() + assignment.path().substring(form.getKey().length());
        expanded = new Assignment(path, assignment.value(), assignment.origin());
      }
    }
    return expanded.path().equals(CLIP)
        ? new Assignment(CLIP, clip(expanded.value()), expanded.origin())
        : expanded;
  }

  /**
   * Returns a document in which each short form is replaced by what it stands for.
   *
   * @param problems receives short forms beside a value for what they stand for
   */
  static Document expand(Document document, Problems problems) {
    Document expanded = document;
    for (Map.Entry<String, String> form : PATHS.entrySet()) {
      String path = form.getKey();
      JsonNode value = at(document, path);
      if (!value.isMissingNode()) {
        if (!at(document, form.getValue()).isMissingNode()) {
          problems.add(
              document.place(path),
              path
                  + " is short for "
                  + form.getValue()
                  + ", which is set too; one of them expected");
        }
        expanded = moved(expanded, path, form.getValue(), value);
      }
    }
    JsonNode clip = expanded.root().path(CLIP);
    if (!clip.isNumber()) {
      return expanded;
    }
    ObjectNode root = expanded.root().deepCopy();
    root.set(CLIP, clip(clip));
    return new Document(root, expanded.origins());
  }

  private static JsonNode at(Document document, String path) {
    return document.root().at("/" + path.replace('.', '/'));
  }

  private static JsonNode clip(JsonNode value) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    return value.isNumber() ? part.put("name", "clip-by-global-norm").set("norm", value) : value;
  }

  private static Document moved(Document document, String from, String to, JsonNode value) {
    ObjectNode rest = document.root().deepCopy();
    ((ObjectNode) rest.get("training")).remove(from.substring(TRAINING.length()));
    Map<String, Origin> moved = new HashMap<>();
    Map<String, Origin> others = new HashMap<>();
    document
        .origins()
        .forEach(
            (path, origin) -> {
              if (path.equals(from) || path.startsWith(from + ".")) {
                moved.put(to + path.substring(from.length()), origin);
              } else {
                others.put(path, origin);
              }
            });
    int dot = to.indexOf('.');
    ObjectNode tree = rest.objectNode();
    if (dot < 0) {
      tree.set(to, value);
    } else {
      tree.putObject(to.substring(0, dot)).set(to.substring(dot + 1), value);
    }
    return new Document(tree, moved).over(new Document(rest, others));
  }
}
