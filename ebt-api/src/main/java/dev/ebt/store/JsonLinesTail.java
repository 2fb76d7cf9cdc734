package dev.ebt.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a file with one JSON object per line, such as the metrics of a run, that may grow
 * while it is read. Values are numbers, text, truth values, lists and maps; numbers that are not
 * finite, which JSON writes as text, are numbers again. A file that does not exist has no lines.
 */
public final class JsonLinesTail {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});

  private final Path file;
  private long offset;
  private @Nullable Object identity;

  /**
   * The lines that were added since the last time.
   *
   * @param lines the readable ones
   * @param restarted whether the file was replaced or cut, so that these are its lines from the
   *     first one
   * @param damaged the number of complete lines that are no JSON objects
   * @param torn whether the file ends with an incomplete line, which is being written or was when
   *     the writer ended
   */
  public record Added(
      List<Map<String, Object>> lines, boolean restarted, int damaged, boolean torn) {}

  /** Creates a reader at the beginning of a file. */
  public JsonLinesTail(Path file) {
    this.file = file;
  }

  /**
   * Returns the lines that were completed since the last call.
   *
   * @throws dev.ebt.error.UserException if the file cannot be read
   */
  public Added read() {
    try {
      if (!Files.exists(file)) {
        return new Added(List.of(), false, 0, false);
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        Object present = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        boolean replaced = identity != null && !identity.equals(present);
        boolean restarted = offset > 0 && (replaced || channel.size() < offset);
        identity = present;
        offset = restarted ? 0 : offset;
        return parsed(rest(channel), restarted);
      }
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }

  /** Returns all complete lines of a file that are readable. */
  public static List<Map<String, Object>> all(Path file) {
    return new JsonLinesTail(file).read().lines();
  }

  private byte[] rest(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - offset));
    long position = offset;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, position);
      if (count < 0) {
        break;
      }
      position += count;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private Added parsed(byte[] bytes, boolean restarted) {
    List<Map<String, Object>> lines = new ArrayList<>();
    int damaged = 0;
    int begin = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] != '\n') {
        continue;
      }
      Map<String, Object> line = object(bytes, begin, end);
      if (line != null) {
        lines.add(line);
      } else {
        damaged++;
      }
      begin = end + 1;
    }
    offset += begin;
    return new Added(lines, restarted, damaged, begin < bytes.length);
  }

  private static @Nullable Map<String, Object> object(byte[] bytes, int begin, int end) {
    try {
      Map<String, Object> line = JSON.readValue(bytes, begin, end - begin);
      if (line != null) {
        line.replaceAll((name, value) -> number(value));
      }
      return line;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Object number(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().<@Nullable Object>map(JsonLinesTail::number).toList();
    }
    if (value instanceof String text) {
      return switch (text) {
        case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
        default -> text;
      };
    }
    return value;
  }
}
