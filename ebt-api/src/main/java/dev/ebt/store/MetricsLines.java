package dev.ebt.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The lines of a metrics file to which a resumed run appends.
 *
 * @param kept the readable lines up to the step of a checkpoint
 * @param damaged number of unreadable lines before the last kept one
 * @param changed whether any bytes of the file were dropped
 */
record MetricsLines(byte[] kept, int damaged, boolean changed) {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * Parses the bytes of a file. A line without its end was being written when the run was killed.
   * Unreadable lines after the last kept one belong after the checkpoint and do not count as
   * damaged.
   */
  static MetricsLines upTo(long step, byte[] bytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    int damaged = 0;
    int dropped = 0;
    int begin = 0;
    while (begin < bytes.length) {
      int end = begin;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (end < bytes.length && isUpTo(step, bytes, begin, end)) {
        kept.write(bytes, begin, end + 1 - begin);
        damaged += dropped;
        dropped = 0;
      } else {
        dropped++;
      }
      begin = end + 1;
    }
    return new MetricsLines(kept.toByteArray(), damaged, kept.size() < bytes.length);
  }

  private static boolean isUpTo(long step, byte[] bytes, int begin, int end) {
    try {
      JsonNode line = JSON.readTree(bytes, begin, end - begin);
      JsonNode found = line.path("step");
      return found.canConvertToLong() && found.isIntegralNumber() && found.longValue() <= step;
    } catch (IOException e) {
      return false;
    }
  }
}
