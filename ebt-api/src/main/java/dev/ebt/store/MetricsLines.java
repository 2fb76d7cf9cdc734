package dev.ebt.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The lines of a metrics file that a run goes on after.
 *
 * @param kept those up to the step of a checkpoint that can be read
 * @param damaged how many before the last of them cannot
 * @param changed whether the file had others
 */
record MetricsLines(byte[] kept, int damaged, boolean changed) {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * Looks through the bytes of a file. A line without its end is what a run was killed in, and one
   * that cannot be read after all others was lost with what came after the checkpoint.
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
