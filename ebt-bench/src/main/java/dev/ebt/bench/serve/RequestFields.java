package dev.ebt.bench.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.text.read.JsonErrors;
import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of a JSON object, read strictly: a value of another type or out of range is refused,
 * and so is a field that is not read. Null is the same as no field.
 */
final class RequestFields {
  private static final int DEEPEST = 32;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);

  private final String path;
  private final JsonNode object;
  private final Set<String> read = new LinkedHashSet<>();

  private RequestFields(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /**
   * Reads the body of a request.
   *
   * @throws ApiException if it is not a JSON object in UTF-8
   */
  static RequestFields of(Context context) {
    try {
      return parse(context.req().getInputStream().readAllBytes());
    } catch (IOException e) {
      throw ApiException.malformed(null, "the body ends before its announced end, or is malformed");
    }
  }

  /**
   * Parses the body of a request.
   *
   * @throws ApiException if it is not a JSON object in UTF-8
   */
  static RequestFields parse(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonNode node = MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return new RequestFields("", object);
      }
      throw ApiException.malformed(null, "the body is " + described(node) + "; an object expected");
    } catch (CharacterCodingException e) {
      throw ApiException.malformed(null, "the body is not valid UTF-8");
    } catch (JsonProcessingException e) {
      throw ApiException.malformed(null, "the body is not valid JSON: " + reason(e));
    }
  }

  private static String reason(JsonProcessingException e) {
    String reason = JsonErrors.reason(e);
    JsonLocation place = e.getLocation();
    return place == null
        ? reason
        : reason + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }

  /** Returns the value of a field; empty if it is missing or null. */
  Optional<JsonNode> node(String name) {
    read.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /** Returns the fields of an object in a field; of an empty object if there is none. */
  RequestFields fields(String name) {
    JsonNode node = node(name).orElse(MAPPER.createObjectNode());
    require(name, node, node.isObject(), "an object");
    return new RequestFields(path + name + ".", node);
  }

  /** Returns a text. */
  Optional<String> text(String name) {
    Optional<JsonNode> node = node(name);
    node.ifPresent(value -> require(name, value, value.isTextual(), "a string"));
    return node.map(JsonNode::textValue);
  }

  /** Returns a text that must be there. */
  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** Returns any value that must be there, as those of Java: text, number, truth, list or map. */
  Object requiredValue(String name) {
    return MAPPER.convertValue(node(name).orElseThrow(() -> missing(name)), Object.class);
  }

  /** Returns a truth value; false if there is none. */
  boolean truth(String name) {
    Optional<JsonNode> node = node(name);
    node.ifPresent(value -> require(name, value, value.isBoolean(), "true or false"));
    return node.map(JsonNode::booleanValue).orElse(false);
  }

  /** Returns an integer within bounds. */
  OptionalInt integer(String name, int least, int most) {
    OptionalLong number = longInteger(name, least, most);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  /** Returns an integer within bounds. */
  OptionalLong longInteger(String name, long least, long most) {
    Optional<JsonNode> found = node(name);
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode node = found.get();
    require(name, node, node.isIntegralNumber(), "an integer");
    boolean within =
        node.canConvertToLong() && node.longValue() >= least && node.longValue() <= most;
    check(name, node, within, least == most ? "" + least : least + " to " + most);
    return OptionalLong.of(node.longValue());
  }

  /** Returns a number within bounds; {@link Double#MAX_VALUE} is none. */
  OptionalDouble number(String name, double least, double most) {
    Optional<JsonNode> found = node(name);
    if (found.isEmpty()) {
      return OptionalDouble.empty();
    }
    JsonNode node = found.get();
    require(name, node, node.isNumber(), "a number");
    double value = node.doubleValue();
    check(name, node, value >= least && value <= most, range(least, most));
    return OptionalDouble.of(value);
  }

  private static String range(double least, double most) {
    if (most == Double.MAX_VALUE) {
      return plain(least) + " or more";
    }
    return least == most ? plain(least) : plain(least) + " to " + plain(most);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Returns texts, of an array or of a single string; empty if there is no field. */
  List<String> texts(String name, int most) {
    Optional<JsonNode> found = node(name);
    if (found.isEmpty()) {
      return List.of();
    }
    JsonNode node = found.get();
    if (node.isTextual()) {
      return List.of(node.textValue());
    }
    require(name, node, node.isArray(), "a string or an array of strings");
    checkSize(name, node, most);
    List<String> texts = new ArrayList<>();
    for (JsonNode each : node) {
      require(name + "[" + texts.size() + "]", each, each.isTextual(), "a string");
      texts.add(each.textValue());
    }
    return texts;
  }

  /** Refuses an array with too many elements. */
  void checkSize(String name, JsonNode array, int most) {
    if (array.size() > most) {
      throw ApiException.unsuitable(
          path + name,
          path + name + " has " + array.size() + " elements; at most " + most + " expected");
    }
  }

  /** Refuses all fields that were not read. */
  void refuseOthers() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                throw ApiException.malformed(
                    path + name,
                    path
                        + name
                        + " is not a field of this request; it has "
                        + String.join(", ", read));
              }
            });
  }

  /** Refuses a field that must be there. */
  ApiException missing(String name) {
    return ApiException.malformed(path + name, path + name + " is missing");
  }

  /** Refuses a value of another type. */
  void require(String name, JsonNode found, boolean suitable, String expected) {
    if (!suitable) {
      throw ApiException.malformed(
          path + name, path + name + " is " + described(found) + "; " + expected + " expected");
    }
  }

  /** Refuses a value out of range. */
  void check(String name, JsonNode found, boolean suitable, String expected) {
    if (!suitable) {
      throw ApiException.unsuitable(
          path + name,
          path
              + name
              + " is "
              + (found.isContainerNode() ? "empty" : found.asText())
              + "; "
              + expected
              + " expected");
    }
  }

  private static String described(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a string";
      case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case MISSING -> "empty";
      default -> "null";
    };
  }
}
