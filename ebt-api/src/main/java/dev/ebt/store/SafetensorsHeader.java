package dev.ebt.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file. A parsed header is consistent: every tensor has exactly the
 * bytes that its shape needs, and together they cover the data without gap or overlap.
 *
 * @param entries in the order of their bytes
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  /** The byte range of a tensor, counted from the end of the header. */
  record Entry(String name, Dtype type, Shape shape, long begin, long end) {}

  /**
   * Parses a header.
   *
   * @param file its name in messages
   * @param data number of bytes after the header
   */
  static SafetensorsHeader parse(String file, String json, long data) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UserException(
          file + " is not a safetensors file: its header is not JSON: " + ReasonText.of(e), e);
    }
    if (!(root instanceof ObjectNode object)) {
      throw new UserException(file + " is not a safetensors file: its header is not a JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    object
        .properties()
        .forEach(
            property -> {
              if (property.getKey().equals("__metadata__")) {
                metadata.putAll(strings(file, property.getValue()));
              } else {
                entries.add(entry(file, property.getKey(), property.getValue()));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkCover(file, entries, data);
    return new SafetensorsHeader(entries, metadata);
  }

  private static Map<String, String> strings(String file, JsonNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw new UserException(file + ": __metadata__ is " + node + "; a mapping of texts expected");
    }
    node.properties()
        .forEach(
            property -> {
              if (!property.getValue().isTextual()) {
                throw new UserException(
                    file
                        + ": __metadata__."
                        + property.getKey()
                        + " is "
                        + property.getValue()
                        + "; a text expected");
              }
              strings.put(property.getKey(), property.getValue().asText());
            });
    return strings;
  }

  private static Entry entry(String file, String name, JsonNode node) {
    String tensor = file + ": tensor '" + name + "'";
    Dtype type =
        Arrays.stream(Dtype.values())
            .filter(t -> t.name().equals(node.path("dtype").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        tensor
                            + " has the type "
                            + node.path("dtype")
                            + "; one of "
                            + Arrays.toString(Dtype.values())
                            + " expected"));
    long[] sizes = numbers(tensor, "shape", node.path("shape"));
    long[] offsets = numbers(tensor, "data_offsets", node.path("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new UserException(
          tensor
              + " has the data_offsets "
              + node.path("data_offsets")
              + "; a start and an end expected");
    }
    Shape shape = shape(tensor, sizes);
    long needed = (long) shape.elements() * type.bytes;
    if (offsets[1] - offsets[0] != needed) {
      throw new UserException(
          tensor
              + " has "
              + (offsets[1] - offsets[0])
              + " bytes; its shape "
              + shape
              + " of "
              + type
              + " needs "
              + needed);
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static Shape shape(String tensor, long[] sizes) {
    int[] shape = new int[sizes.length];
    long elements = 1;
    for (int i = 0; i < sizes.length; i++) {
      // The size 0 counts as 1 here, or a zero after a huge size would hide it from the product.
      if (sizes[i] > Integer.MAX_VALUE || (elements *= Math.max(1, sizes[i])) > Integer.MAX_VALUE) {
        throw new UserException(
            tensor
                + " has the shape "
                + Arrays.toString(sizes)
                + "; at most "
                + Integer.MAX_VALUE
                + " elements expected");
      }
      shape[i] = (int) sizes[i];
    }
    return Shape.of(shape);
  }

  private static long[] numbers(String tensor, String key, JsonNode node) {
    long[] numbers = new long[node.size()];
    boolean good = node.isArray();
    for (int i = 0; good && i < numbers.length; i++) {
      JsonNode number = node.get(i);
      good = number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
      numbers[i] = number.longValue();
    }
    if (!good) {
      throw new UserException(
          tensor + " has the " + key + " " + node + "; a list of whole numbers from 0 expected");
    }
    return numbers;
  }

  private static void checkCover(String file, List<Entry> entries, long data) {
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw new UserException(
            file
                + ": tensor '"
                + entry.name()
                + "' starts at byte "
                + entry.begin()
                + " of the data; "
                + covered
                + " expected, where the one before it ends");
      }
      covered = entry.end();
    }
    if (covered > data) {
      throw new UserException(
          file + " is cut off: " + data + " bytes of data found, " + covered + " expected");
    }
    if (covered < data) {
      throw new UserException(
          file + " has " + (data - covered) + " bytes after its last tensor; none expected");
    }
  }
}
