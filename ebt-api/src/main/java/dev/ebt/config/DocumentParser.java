package dev.ebt.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A parser of one text into a tree, token by token, because Jackson's own tree drops line numbers
 * and silently keeps the last of two equal keys. It also interprets plain YAML scalars, by the
 * rules of JSON: {@code 1e-3} is a number, {@code 010} and {@code yes} are texts.
 */
final class DocumentParser {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?");

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS).build();

  private final Origin source;
  private final Problems problems;
  private final boolean lines;
  private final Map<String, Origin> origins = new HashMap<>();
  private int[] text = {};

  /**
   * Creates a parser of one source.
   *
   * @param source the origin of the text
   * @param lines whether messages contain line numbers
   */
  DocumentParser(Origin source, boolean lines, Problems problems) {
    this.source = source;
    this.lines = lines;
    this.problems = problems;
  }

  /** Returns the origin of each value, by its dotted path; complete after {@link #parse}. */
  Map<String, Origin> origins() {
    return origins;
  }

  /** Parses the only value of a text. */
  JsonNode parse(String whole, String path) {
    String content = whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
    text = content.codePoints().toArray();
    boolean json = source.kind() == Origin.Kind.FILE && source.place().endsWith(".json");
    try (JsonParser parser = (json ? new JsonFactory() : YAML).createParser(content)) {
      if (parser.nextToken() == null) {
        throw new UserException(
            source.place()
                + " is empty; "
                + (path.isEmpty() ? "a mapping of keys to values" : "a value for " + path)
                + " expected");
      }
      JsonNode node = value(parser, path);
      if (parser.nextToken() != null) {
        problems.add(origin(parser).place(), "more content after the end of the configuration");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw json ? notJson(e) : notYaml(YamlMistake.of(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UserException notJson(JsonProcessingException e) {
    String line = lines && e.getLocation() != null ? ", line " + e.getLocation().getLineNr() : "";
    String first = e.getOriginalMessage().lines().findFirst().orElse("");
    return new UserException(source.place() + line + ": not JSON: " + first, e);
  }

  private UserException notYaml(YamlMistake mistake, JsonProcessingException e) {
    String line = lines && mistake.line() > 0 ? ", line " + mistake.line() : "";
    return new UserException(source.place() + line + ": not YAML: " + mistake.reason(), e);
  }

  private JsonNode value(JsonParser parser, String path) throws IOException {
    Origin origin = origin(parser);
    String place = origin.place();
    origins.put(path, origin);
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(place, "the alias *" + yaml.getText() + "; write the value out instead");
    } else if (parser.getTypeId() != null) {
      problems.add(place, "the tag !" + parser.getTypeId() + "; tags are not understood here");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path);
      case START_ARRAY -> list(parser, path);
      case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
      case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
      case VALUE_NULL -> nothing(parser, path, place);
      default -> scalar(parser, path, place);
    };
  }

  private JsonNode mapping(JsonParser parser, String path) throws IOException {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String here = Document.join(path, key);
      Origin origin = origin(parser);
      Origin before = mapping.has(key) ? origins.get(here) : null;
      parser.nextToken();
      JsonNode value = value(parser, here);
      origins.put(here, origin);
      if (before != null) {
        problems.add(
            origin.place(),
            "the key '" + here + "' is here a second time; the first is in " + before.place());
      }
      mapping.set(key, value);
    }
    return mapping;
  }

  private JsonNode list(JsonParser parser, String path) throws IOException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser, Document.join(path, Integer.toString(list.size()))));
    }
    return list;
  }

  private JsonNode nothing(JsonParser parser, String path, String place) {
    int character = character(parser);
    boolean written = character == 'n' || character == 'N' || character == '~';
    if (!written) {
      problems.add(place, path + " has no value; remove the key to use its default");
    }
    return JsonNodeFactory.instance.nullNode();
  }

  private JsonNode scalar(JsonParser parser, String path, String place) throws IOException {
    String value = parser.getText();
    boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
    if (string && !(parser instanceof YAMLParser)) {
      return JsonNodeFactory.instance.textNode(value);
    }
    int character = character(parser);
    if (character == '"' && namesFile(path) && YamlMistake.windowsPath(text, offset(parser))) {
      problems.add(place, path + ": " + YamlMistake.BACKSLASH);
    }
    if (string && (character == '"' || character == '\'' || character == '|' || character == '>')) {
      return JsonNodeFactory.instance.textNode(value);
    }
    return value.isEmpty() ? nothing(parser, path, place) : plain(value);
  }

  /** Returns whether a setting is a path, by its name; "Q:\n" is an ordinary text elsewhere. */
  private static boolean namesFile(String path) {
    return path.matches("(.*\\.)?(path|from|file|vectors)");
  }

  /** Returns the value of an unquoted scalar. */
  private static JsonNode plain(String value) {
    if (WHOLE.matcher(value).matches()) {
      return whole(new BigInteger(value.startsWith("+") ? value.substring(1) : value));
    }
    if (REAL.matcher(value).matches() && !RecordReader.octal(value)) {
      return JsonNodeFactory.instance.numberNode(new BigDecimal(value));
    }
    return JsonNodeFactory.instance.textNode(value);
  }

  private static JsonNode whole(BigInteger number) {
    return number.bitLength() < 64
        ? JsonNodeFactory.instance.numberNode(number.longValue())
        : JsonNodeFactory.instance.numberNode(number);
  }

  /** Returns the first character of the current token, or 0 at the end of the text. */
  private int character(JsonParser parser) {
    int offset = offset(parser);
    return offset >= 0 && offset < text.length ? text[offset] : 0;
  }

  private static int offset(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private Origin origin(JsonParser parser) {
    return lines ? source.line(parser.currentTokenLocation().getLineNr()) : source;
  }
}
