package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A parser for JSON in datasets: strict, except for NaN and Infinity, which Python writes, and
 * without a limit on the length of texts.
 */
public final class LenientJson {
  private static final int LOOKED_AT = 4096;
  private static final Pattern LIST_OF_OBJECTS = Pattern.compile("\\uFEFF?\\s*\\[\\s*\\{");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** A reader that refuses text after the value. */
  private static final ObjectReader ONE =
      MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private LenientJson() {}

  /**
   * Reads one JSON object.
   *
   * @param source its origin, for messages
   * @throws UserException if it is malformed, or not an object
   */
  public static JsonNode object(String json, String source) {
    JsonNode node = value(json, source);
    if (!node.isObject()) {
      throw new UserException(source + ": expected a JSON object, found " + kind(node));
    }
    return node;
  }

  /** Returns the first value of a file, or a missing node if it is empty. */
  public static JsonNode tree(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  private static JsonNode value(String json, String source) {
    try {
      return ONE.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null || at.getLineNr() < 2 ? "" : " line " + at.getLineNr();
      String place = at == null ? "" : " at" + line + " column " + at.getColumnNr();
      throw new UserException(source + ": malformed JSON" + place + ": " + JsonErrors.reason(e), e);
    }
  }

  /** Returns true if a text is one JSON object. */
  static boolean isObject(String text) {
    try {
      return ONE.readTree(text).isObject();
    } catch (StreamConstraintsException e) {
      return text.stripLeading().startsWith("{"); // The reader reports the limit that was exceeded.
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Returns the first value of a text, or a missing node if it does not start with one. */
  public static JsonNode first(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode first = MAPPER.readTree(parser);
      return first == null ? MAPPER.missingNode() : first;
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }

  /**
   * Returns true if a stream starts with a list of objects.
   *
   * @param in a stream that supports marks, at its start; its position is restored
   */
  static boolean startsList(InputStream in) throws IOException {
    in.mark(LOOKED_AT + 1);
    String head = new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8);
    in.reset();
    return LIST_OF_OBJECTS.matcher(head).lookingAt();
  }

  /** Returns the type of a value for messages: number, array, missing. */
  public static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
