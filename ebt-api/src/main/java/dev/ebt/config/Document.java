package dev.ebt.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as a tree, with the origin of each value. Immutable by convention: callers do not
 * write to its tree.
 *
 * @param root the values
 * @param origins the origin of each value, by its path: {@code training.steps → "my.yaml, line 3"}
 */
public record Document(ObjectNode root, Map<String, Origin> origins) {

  /** Returns an empty document. */
  public static Document empty() {
    return new Document(JsonNodeFactory.instance.objectNode(), Map.of());
  }

  /**
   * Parses YAML, or JSON if the source's name ends in {@code .json}.
   *
   * @param source the origin of the text: a file's name
   * @param problems receives the problems that do not prevent parsing
   * @throws UserException if the text cannot be parsed
   */
  public static Document parse(Origin source, String text, Problems problems) {
    DocumentParser parser = new DocumentParser(source, true, problems);
    JsonNode node = parser.parse(text, "");
    if (!(node instanceof ObjectNode root)) {
      throw new UserException(
          source.place()
              + ": "
              + RecordReader.found(node)
              + "; a mapping of keys to values expected");
    }
    return new Document(root, parser.origins());
  }

  /** Reads a file. */
  public static Document read(Path file, Problems problems) {
    return read(file, Origin.file(file.toString()), problems);
  }

  /** Reads a file whose values have another origin than its path. */
  public static Document read(Path file, Origin origin, Problems problems) {
    return parse(origin, text(file), problems);
  }

  /** Returns the text of a UTF-8 file. */
  private static String text(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file", e);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a folder; a file expected" : ReasonText.of(e);
      throw new UserException(file + " cannot be read: " + why, e);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      throw new UserException(
          file + " is not UTF-8 text: the byte at offset " + buffer.position() + " does not fit",
          e);
    }
  }

  /**
   * Returns the place where the value at this path, or else the nearest one enclosing it, was
   * written.
   */
  public String place(String path) {
    for (String at = path; ; at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      Origin origin = origins.get(at);
      if (origin != null || at.isEmpty()) {
        return origin == null ? "" : origin.place();
      }
    }
  }

  /**
   * Returns this document merged over another: mappings are merged, everything else is replaced. If
   * a part gets another name, the settings of the replaced part are dropped.
   */
  public Document over(Document lower) {
    ObjectNode merged = lower.root.deepCopy();
    Map<String, Origin> at = new HashMap<>(lower.origins);
    lay(root, merged, "", at);
    at.putAll(origins);
    return new Document(merged, Map.copyOf(at));
  }

  private static void lay(
      ObjectNode upper, ObjectNode lower, String path, Map<String, Origin> origins) {
    upper
        .properties()
        .forEach(
            entry -> {
              String here = join(path, entry.getKey());
              JsonNode below = lower.get(entry.getKey());
              JsonNode above = entry.getValue();
              if (below instanceof ObjectNode || above instanceof ObjectNode) {
                below = below == null ? null : asPart(below);
                above = asPart(above);
              }
              if (isNumberOrFlag(below) && above.isObject() && !above.has("name")) {
                return; // Its type is wrong, which is reported for the value itself.
              }
              if (above instanceof ObjectNode over
                  && below instanceof ObjectNode under
                  && !renames(over, under)) {
                lower.set(entry.getKey(), under);
                lay(over, under, here, origins);
                return;
              }
              origins.keySet().removeIf(p -> p.startsWith(here + "."));
              lower.set(entry.getKey(), above.deepCopy());
            });
  }

  /** Returns a text in mapping form: where the other side is a mapping, a text is a part's name. */
  private static JsonNode asPart(JsonNode node) {
    return node.isTextual() ? JsonNodeFactory.instance.objectNode().set("name", node) : node;
  }

  private static boolean isNumberOrFlag(@Nullable JsonNode node) {
    return node != null && (node.isNumber() || node.isBoolean());
  }

  private static boolean renames(ObjectNode upper, ObjectNode lower) {
    return upper.has("name") && lower.has("name") && !upper.get("name").equals(lower.get("name"));
  }

  /** Returns this document with one value set. */
  public Document with(Assignment assignment, Problems problems) {
    String path = assignment.path();
    Origin origin = assignment.origin();
    ObjectNode written = nest(path, assignment.value(), origin.place(), problems);
    if (written == null) {
      return this;
    }
    Map<String, Origin> at = assignment.origins();
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (at(path.substring(0, dot)) == null) {
        at.put(path.substring(0, dot), origin);
      }
    }
    return new Document(written, at).over(this);
  }

  /**
   * Returns a tree with only the value at the path; null if a list on the path has no such entry.
   */
  private @Nullable ObjectNode nest(String path, JsonNode value, String place, Problems problems) {
    String[] keys = path.split("\\.", -1);
    JsonNode nested = value;
    for (int depth = keys.length - 1; depth >= 0; depth--) {
      String parent = String.join(".", Arrays.copyOf(keys, depth));
      if (at(parent) instanceof ArrayNode list) {
        int index = keys[depth].matches("[0-9]{1,9}") ? Integer.parseInt(keys[depth]) : -1;
        if (index < 0 || index > list.size()) {
          problems.add(
              place,
              parent
                  + " has no entry "
                  + keys[depth]
                  + "; 0 to "
                  + list.size()
                  + " expected, "
                  + list.size()
                  + " adding one");
          return null;
        }
        nested = replaced(list, index, nested);
      } else {
        nested = root.objectNode().set(keys[depth], nested);
      }
    }
    return (ObjectNode) nested;
  }

  /** Returns the list with one entry merged over, or added. */
  private static ArrayNode replaced(ArrayNode list, int index, JsonNode value) {
    ArrayNode copy = list.deepCopy();
    if (index == list.size()) {
      return copy.add(value);
    }
    ObjectNode below = list.objectNode().set("entry", copy.get(index));
    lay(list.objectNode().set("entry", value), below, "", new HashMap<>());
    copy.set(index, below.get("entry"));
    return copy;
  }

  /** Returns the value at a dotted path, null if there is none. */
  private @Nullable JsonNode at(String path) {
    JsonNode node = root;
    for (String key : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      if (node instanceof ArrayNode list) {
        node = key.matches("[0-9]{1,9}") ? list.get(Integer.parseInt(key)) : null;
      } else {
        node = node == null ? null : node.get(key);
      }
    }
    return node;
  }

  /** Returns the path of a key below a path. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
