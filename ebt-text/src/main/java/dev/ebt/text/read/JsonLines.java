package dev.ebt.text.read;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.error.UserException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Documents of a file with a JSON object on each line. Blank lines are passed over. */
final class JsonLines {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String file;
  private final String field;

  JsonLines(String file, String field) {
    this.file = file;
    this.field = field;
  }

  void read(InputStream stream, Consumer<Document> reader) throws IOException {
    InputStream in = new BufferedInputStream(stream);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long offset = 0;
    int number = 0;
    boolean more = true;
    while (more) {
      line.reset();
      more = readLine(in, line);
      number++;
      String text = StrictUtf8.decode(line.toByteArray(), file, offset);
      offset += line.size() + 1;
      if (!text.isBlank()) {
        String source = file + " line " + number;
        reader.accept(new Document(source, parse(text, source)));
      }
    }
  }

  /** Whether the line was ended, so that another one follows. */
  private static boolean readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return true;
      }
      line.write(next);
    }
    return false;
  }

  private String parse(String json, String source) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String column = location == null ? "" : " at column " + location.getColumnNr();
      throw new UserException(source + ": broken JSON" + column + ": " + BrokenJson.reason(e), e);
    }
    if (!node.isObject()) {
      throw new UserException(source + ": a JSON object expected, found " + kind(node));
    }
    JsonNode value = node.get(field);
    if (value == null) {
      List<String> fields = new ArrayList<>();
      node.fieldNames().forEachRemaining(fields::add);
      throw NoField.of(source, field, fields);
    }
    if (!value.isTextual()) {
      throw new UserException(
          source + ": text expected in field '" + field + "', found " + kind(value));
    }
    if (value.asText().indexOf('\0') >= 0) {
      throw new UserException(
          source + ": field '" + field + "' holds \\u0000, which separates documents");
    }
    return value.asText();
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
