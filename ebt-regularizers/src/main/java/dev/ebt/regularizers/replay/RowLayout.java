package dev.ebt.regularizers.replay;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.store.ByteSizes;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The byte layout of a row: its context features, target, weight and candidate in sequence.
 * Integers are stored unchanged, real numbers in single precision, candidates in a given encoding.
 */
public final class RowLayout {
  private static final String CONTEXT = "context.";
  private static final String TARGET = "target";
  private static final String WEIGHT = "weight";
  private static final String CANDIDATE = "candidate";

  private final List<Column> columns;
  private final int bytes;

  /**
   * One array of a row.
   *
   * @param offset the offset of its first byte
   */
  record Column(String name, Shape shape, ElementEncoding encoding, int offset) {
    /** Returns the number of elements per row. */
    int elements() {
      return shape.elements();
    }

    /** Writes the elements of one row of an array. */
    void write(Array rows, int row, ByteBuffer slot) {
      encoding.write(rows, row * elements(), elements(), at(slot));
    }

    /** Reads the elements of the given rows, [rows, ...]. */
    Array read(List<ByteBuffer> slots) {
      Shape all = Shape.of(slots.size()).plus(shape.toIntArray());
      return encoding.read(slots.stream().map(this::at).toList(), elements(), all);
    }

    private ByteBuffer at(ByteBuffer slot) {
      return slot.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(offset);
    }
  }

  private RowLayout(List<Column> columns, int bytes) {
    this.columns = List.copyOf(columns);
    this.bytes = bytes;
  }

  /**
   * Returns the layout of the rows of a modality.
   *
   * @throws UserException if a row has more than 2 GiB
   */
  public static RowLayout of(Modality modality, ElementEncoding candidates) {
    List<Column> columns = new ArrayList<>();
    long end = 0;
    for (FeatureSpec feature : modality.context()) {
      end = add(columns, CONTEXT + feature.name(), feature.shape(), of(feature.type()), end);
    }
    end = add(columns, TARGET, modality.target().shape(), of(modality.target().type()), end);
    end = add(columns, WEIGHT, modality.predictions(), ElementEncoding.FLOAT32, end);
    end = add(columns, CANDIDATE, modality.candidate(), candidates, end);
    return new RowLayout(columns, (int) end);
  }

  private static ElementEncoding of(ElementType type) {
    return type == ElementType.INTEGER ? ElementEncoding.INT64 : ElementEncoding.FLOAT32;
  }

  private static long add(
      List<Column> columns, String name, Shape shape, ElementEncoding encoding, long offset) {
    long numbers = Arrays.stream(shape.toLongArray()).reduce(1, Math::multiplyExact);
    long end = Math.addExact(offset, Math.multiplyExact(numbers, encoding.bytes));
    if (end > Integer.MAX_VALUE) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "replay: a row with a candidate of %s needs %s; the maximum is 2 GiB",
              shape,
              ByteSizes.words(end)));
    }
    columns.add(new Column(name, shape, encoding, (int) offset));
    return end;
  }

  /** Returns the number of bytes per row. */
  public int bytes() {
    return bytes;
  }

  /** Returns the arrays of a row. */
  List<Column> columns() {
    return columns;
  }

  /** Writes one of the rows into its slot. */
  void write(ReplayRows rows, int row, ByteBuffer slot) {
    for (Column column : columns) {
      column.write(array(rows, column.name()), row, slot);
    }
  }

  private static Array array(ReplayRows rows, String column) {
    return switch (column) {
      case TARGET -> rows.batch().target();
      case WEIGHT -> rows.batch().weight();
      case CANDIDATE -> rows.candidates();
      default -> Required.of(rows.batch().context(), column.substring(CONTEXT.length()));
    };
  }

  /** Reads the rows in the given slots. */
  ReplayRows read(List<ByteBuffer> slots) {
    Map<String, Array> arrays = new HashMap<>();
    columns.forEach(column -> arrays.put(column.name(), column.read(slots)));
    Map<String, Array> context = new HashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(CONTEXT)) {
            context.put(name.substring(CONTEXT.length()), array);
          }
        });
    Batch batch = new Batch(context, Required.of(arrays, TARGET), Required.of(arrays, WEIGHT));
    return new ReplayRows(batch, Required.of(arrays, CANDIDATE));
  }
}
