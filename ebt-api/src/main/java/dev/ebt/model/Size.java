package dev.ebt.model;

import dev.ebt.error.Required;
import dev.ebt.error.UnknownName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A named size of a transformer, with its peak learning rate: the published ones, 4xs to xl, and
 * two small ones of this project.
 *
 * @param layers number of blocks
 * @param heads number of attention heads
 * @param width of the stream between blocks
 * @param learningRate peak, as listed with the published sizes
 */
record Size(int layers, int heads, int width, double learningRate) {
  private static final Map<String, Size> NAMED =
      new TreeMap<>(
          Map.of(
              "tiny", new Size(3, 4, 64, 0.004),
              "mini", new Size(4, 4, 128, 0.004),
              "4xs", new Size(2, 2, 128, 0.0024),
              "3xs", new Size(4, 4, 256, 0.0018),
              "xxs", new Size(6, 6, 384, 0.0012),
              "xs", new Size(12, 6, 384, 0.0009),
              "small", new Size(12, 12, 768, 0.0006),
              "medium", new Size(24, 16, 1024, 0.0003),
              "large", new Size(24, 16, 1536, 0.00025),
              "xl", new Size(24, 32, 2048, 0.0002)));

  private static final Set<String> OWN = Set.of("tiny", "mini");

  private static final Size SMALLEST_PUBLISHED = Required.of(NAMED, "4xs");

  /** Returns a readable description of sizes. */
  static String words(int layers, int heads, int width) {
    return String.format(
        Locale.ROOT,
        "%d layer%s, %d head%s, width %d",
        layers,
        layers == 1 ? "" : "s",
        heads,
        heads == 1 ? "" : "s",
        width);
  }

  /** Returns the size of a name; the smallest published one for null. */
  static Size named(@Nullable String name) {
    if (name == null) {
      return SMALLEST_PUBLISHED;
    }
    Size size = NAMED.get(name);
    if (size == null) {
      throw UnknownName.setting("model.size", name, NAMED.keySet());
    }
    return size;
  }

  /** Returns the published size of the given layers and width, if there is one. */
  static Optional<Size> published(int layers, int width) {
    return NAMED.entrySet().stream()
        .filter(named -> !OWN.contains(named.getKey()))
        .map(Map.Entry::getValue)
        .filter(size -> size.layers == layers && size.width == width)
        .findFirst();
  }
}
