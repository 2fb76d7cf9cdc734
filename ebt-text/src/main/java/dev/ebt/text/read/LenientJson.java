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
 * JSON of data sets: strict, but for what their writers are known to do. Python writes NaN and
 * Infinity, and a text is as long as it is.
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

  /** Nothing may follow the value. */
  private static final ObjectReader ONE =
      MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private LenientJson() {}

  /**
   * Reads one JSON object.
   *
   * @param source where it is from, for messages
   * @throws UserException if it is broken, or another kind of value
   */
  public static JsonNode object(String json, String source) {
    JsonNode node = value(json, source);
    if (!node.isObject()) {
      throw new UserException(source + ": a JSON object expected, found " + kind(node));
    }
    return node;
  }

  /** Returns the first value of a file, missing if it is empty. */
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
      throw new UserException(source + ": broken JSON" + place + ": " + JsonErrors.reason(e), e);
    }
  }

  /** Returns whether a text is one JSON object. */
  static boolean isObject(String text) {
    try {
      return ONE.readTree(text).isObject();
    } catch (StreamConstraintsException e) {
      return text.stripLeading().startsWith("{"); // The reader says which limit was passed.
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Returns the first value of a text, missing if it does not begin with one. */
  public static JsonNode first(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode first = MAPPER.readTree(parser);
      return first == null ? MAPPER.missingNode() : first;
    } catch (IOException e) {
      return MAPPER.missingNode();
    }
  }

  /**
   * Returns whether a stream begins with a list of objects.
   *
   * @param in a stream that supports marks, at its beginning; it is there again afterwards
   */
  static boolean startsList(InputStream in) throws IOException {
    in.mark(LOOKED_AT + 1);
    String head = new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8);
    in.reset();
    return LIST_OF_OBJECTS.matcher(head).lookingAt();
  }

  /** Returns the kind of a value in words: number, array, missing. */
  public static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
