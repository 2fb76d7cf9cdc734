package dev.ebt.think;

import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The features of some elements of a context, [rows, count, ...], for modalities that embed each
 * element by itself.
 */
final class ElementFeatures {
  /** The program input for the position of the first of several elements in each row. */
  static final String STARTS = "starts";

  /** The numbers of elements that one program appends, besides one: of short and long prompts. */
  private static final List<Integer> PIECES = List.of(16, 128);

  private ElementFeatures() {}

  /** Returns the numbers of elements that are appended at once, increasing. */
  static List<Integer> pieces(int capacity) {
    return Stream.concat(Stream.of(1), PIECES.stream())
        .map(count -> Math.min(count, capacity))
        .distinct()
        .toList();
  }

  /** Returns the features of {@code count} elements of each row as program inputs. */
  static NamedTensors inputs(Modality modality, int rows, int count) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (FeatureSpec feature : modality.context()) {
      Shape shape = feature.shape(rows).with(1, count);
      inputs.put(feature.name(), Tensor.input(feature.name(), shape, feature.type()));
    }
    return NamedTensors.of(inputs);
  }

  /** Returns the positions of the first elements as a program input, [rows]. */
  static Tensor starts(int rows) {
    return Tensor.input(STARTS, Shape.of(rows), ElementType.INTEGER);
  }

  /** Returns a copy of a context, which no later change of the given map and arrays reaches. */
  static Map<String, Array> copy(Map<String, Array> context) {
    Map<String, Array> copies = new LinkedHashMap<>();
    context.forEach((name, values) -> copies.put(name, values.slice(0, values.shape().size(0))));
    return copies;
  }

  /** Returns the elements at some positions of each row, [rows, count]. */
  static Map<String, Array> at(Map<String, Array> context, Array positions) {
    Map<String, Array> elements = new LinkedHashMap<>();
    context.forEach((name, values) -> elements.put(name, at(values, positions)));
    return elements;
  }

  private static Array at(Array values, Array positions) {
    Shape shape = values.shape();
    int count = positions.shape().size(1);
    int length = shape.size(1);
    int size = shape.elements() / shape.size(0) / length;
    long[] selected = positions.longs();
    int[] from = new int[selected.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = (i / count * length + (int) selected[i]) * size;
    }
    return copied(values, from, size, shape.with(1, count));
  }

  private static Array copied(Array values, int[] from, int size, Shape shape) {
    if (values.type() == ElementType.INTEGER) {
      long[] source = values.longs();
      long[] copy = new long[from.length * size];
      for (int i = 0; i < from.length; i++) {
        System.arraycopy(source, from[i], copy, i * size, size);
      }
      return Array.of(shape, copy);
    }
    double[] copy = new double[from.length * size];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < size; j++) {
        copy[i * size + j] = values.real(from[i] + j);
      }
    }
    return Array.of(shape, copy);
  }

  /** Returns how many of the first elements of a row are the same in two features. */
  static int common(Array a, Array b, int row, int most) {
    Shape shape = a.shape();
    int size = shape.elements() / shape.size(0) / shape.size(1);
    int from = row * shape.size(1) * size;
    int to = from + most * size;
    int common =
        a.type() == ElementType.INTEGER
            ? Arrays.mismatch(a.longs(), from, to, b.longs(), from, to)
            : mismatch(a, b, from, to);
    return common < 0 ? most : common / size;
  }

  private static int mismatch(Array a, Array b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (a.real(i) != b.real(i)) {
        return i - from;
      }
    }
    return -1;
  }

  /** Returns zeros for a number of rows of a feature. */
  static Array zeros(Array like, int rows) {
    Shape shape = like.shape().with(0, rows);
    return like.type() == ElementType.INTEGER
        ? Array.of(shape, new long[shape.elements()])
        : Array.of(shape, new double[shape.elements()]);
  }

  /** Returns a copy of a feature in which some rows are those of another one. */
  static Array withRows(Array into, Array from, int[] sources, int[] targets) {
    int size = into.shape().elements() / into.shape().size(0);
    if (into.type() == ElementType.INTEGER) {
      long[] copy = into.longs().clone();
      for (int i = 0; i < sources.length; i++) {
        System.arraycopy(from.longs(), sources[i] * size, copy, targets[i] * size, size);
      }
      return Array.of(into.shape(), copy);
    }
    double[] copy = into.doubles().clone();
    for (int i = 0; i < sources.length; i++) {
      for (int j = 0; j < size; j++) {
        copy[targets[i] * size + j] = from.real(sources[i] * size + j);
      }
    }
    return Array.of(into.shape(), copy);
  }
}
