package dev.ebt.text.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.UserException;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.MissingField;
import dev.ebt.text.document.StrictUtf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A reader of documents from a file with one JSON object per line. Blank lines are skipped. */
final class JsonLines {
  /** The maximum number of bytes of a line, so that a decompressed file cannot fill the memory. */
  static final int LONGEST_LINE = 1 << 27;

  private final String file;
  private final String field;
  private final int longest;

  JsonLines(String file, String field) {
    this(file, field, LONGEST_LINE);
  }

  JsonLines(String file, String field, int longest) {
    this.file = file;
    this.field = field;
    this.longest = longest;
  }

  void read(InputStream stream, Consumer<Document> reader) throws IOException {
    Lines lines = new Lines(stream);
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (!line.get().isBlank()) {
        String source = file + " line " + lines.number;
        reader.accept(new Document(source, text(line.get(), source)));
      }
    }
  }

  /** Returns true if the first line that is not blank is a JSON object. */
  boolean startsIn(InputStream stream) throws IOException {
    Lines lines = new Lines(stream);
    Optional<String> line = lines.next();
    while (line.isPresent() && line.get().isBlank()) {
      line = lines.next();
    }
    return line.isPresent() && LenientJson.isObject(line.get());
  }

  private String text(String json, String source) {
    JsonNode node = LenientJson.object(json, source);
    JsonNode value = node.get(field);
    if (value == null) {
      List<String> fields = new ArrayList<>();
      node.fieldNames().forEachRemaining(fields::add);
      throw MissingField.of(source, field, fields);
    }
    if (!value.isTextual()) {
      throw new UserException(
          source + ": text expected in field '" + field + "', found " + LenientJson.kind(value));
    }
    if (value.asText().indexOf('\0') >= 0) {
      throw new UserException(
          source + ": field '" + field + "' contains \\u0000, which separates documents");
    }
    return value.asText();
  }

  /** The lines of a stream. */
  private final class Lines {
    private final InputStream in;
    private long offset;
    private int number;
    private boolean more = true;

    Lines(InputStream stream) {
      in = new BufferedInputStream(stream);
    }

    Optional<String> next() throws IOException {
      if (!more) {
        return Optional.empty();
      }
      number++;
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      more = fill(line);
      String text = StrictUtf8.decode(line.toByteArray(), file, offset);
      offset += line.size() + 1;
      return Optional.of(text);
    }

    /** Returns true if the line is terminated, so that another one follows. */
    private boolean fill(ByteArrayOutputStream line) throws IOException {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return true;
        }
        if (line.size() == longest) {
          throw new UserException(
              String.format(
                  Locale.ROOT,
                  "%s line %d is longer than %d MiB; expected one JSON object per line",
                  file,
                  number,
                  longest >> 20));
        }
        line.write(next);
      }
      return false;
    }
  }
}
