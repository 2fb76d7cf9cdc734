package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The exchange of named arrays between the processes of a group, bit for bit. An array goes through
 * a sum to which only its sender contributes. The sums have few different lengths, as a group may
 * remember each length.
 */
final class ReplayExchange {
  private static final int NAMES = 1 << 12;
  private static final int VALUES = 1 << 16;

  private final ProcessGroup processes;

  ReplayExchange(ProcessGroup processes) {
    this.processes = processes;
  }

  /**
   * An array to send.
   *
   * @param name does not contain a tab or a line break
   * @param whole whether it has whole numbers; otherwise real ones, sent in double precision where
   *     single precision would lose digits
   */
  private record Entry(String name, boolean whole, boolean wide, Shape shape) {
    static Entry of(String name, Array array) {
      boolean whole = array.type() == ElementType.INTEGER;
      return new Entry(name, whole, !whole && isWide(array), array.shape());
    }

    private static boolean isWide(Array array) {
      for (int i = 0; i < array.shape().elements(); i++) {
        if (Double.compare((float) array.real(i), array.real(i)) != 0) {
          return true;
        }
      }
      return false;
    }

    String line() {
      return Arrays.stream(shape.toIntArray())
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(",", name + "\t" + whole + "\t" + wide + "\t", "\n"));
    }

    static Entry parsed(String line) {
      String[] words = line.split("\t", -1);
      int[] sizes =
          words[3].isEmpty()
              ? new int[0]
              : Arrays.stream(words[3].split(",")).mapToInt(Integer::parseInt).toArray();
      return new Entry(
          words[0],
          Boolean.parseBoolean(words[1]),
          Boolean.parseBoolean(words[2]),
          Shape.of(sizes));
    }

    /** Returns the number of 64-bit words of the values. */
    int words() {
      int elements = shape.elements();
      return whole || wide ? elements : (elements + 1) / 2;
    }

    long[] encoded(Array array) {
      long[] words = new long[words()];
      for (int i = 0; i < shape.elements(); i++) {
        if (whole) {
          words[i] = array.longs()[i];
        } else if (wide) {
          words[i] = Double.doubleToRawLongBits(array.real(i));
        } else {
          long bits = Float.floatToRawIntBits((float) array.real(i)) & 0xffffffffL;
          words[i / 2] |= i % 2 == 0 ? bits : bits << 32;
        }
      }
      return words;
    }

    Array decoded(long[] words) {
      if (whole) {
        return Array.of(shape, words);
      }
      if (wide) {
        return Array.of(
            shape, Arrays.stream(words).mapToDouble(Double::longBitsToDouble).toArray());
      }
      float[] values = new float[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.intBitsToFloat((int) (words[i / 2] >>> (i % 2 == 0 ? 0 : 32)));
      }
      return Array.of(shape, values);
    }
  }

  /**
   * Sends arrays from one process to the others.
   *
   * @param sender the number of the process
   * @param own the arrays of this process, which are sent if it is the sender; each is requested
   *     twice
   * @return the sender's arrays; in the sender those that were given
   */
  Map<String, Supplier<Array>> send(int sender, Map<String, Supplier<Array>> own) {
    boolean sends = processes.rank() == sender;
    List<Entry> entries = entries(sends, own);
    List<Supplier<Array>> arrays = new ArrayList<>(own.values());
    Map<String, Supplier<Array>> received = new LinkedHashMap<>();
    long left = entries.stream().mapToLong(Entry::words).sum();
    int entry = 0;
    long[] words = new long[0];
    int at = 0;
    while (left > 0) {
      long[] piece = new long[VALUES];
      int count = (int) Math.min(VALUES, left);
      if (!sends) {
        piece = summed(piece);
      }
      for (int done = 0; done < count; ) {
        if (at == words.length) {
          Entry next = entries.get(entry);
          words = sends ? next.encoded(arrays.get(entry).get()) : new long[next.words()];
          at = 0;
        }
        int some = Math.min(count - done, words.length - at);
        System.arraycopy(
            sends ? words : piece,
            sends ? at : done,
            sends ? piece : words,
            sends ? done : at,
            some);
        done += some;
        at += some;
        if (at == words.length) {
          Entry complete = entries.get(entry++);
          if (!sends) {
            Array array = complete.decoded(words);
            received.put(complete.name(), () -> array);
          }
        }
      }
      if (sends) {
        summed(piece);
      }
      left -= count;
    }
    for (Entry empty : entries.subList(entry, entries.size())) {
      Array array = empty.decoded(new long[0]);
      received.put(empty.name(), () -> array);
    }
    return sends ? own : received;
  }

  private long[] summed(long[] own) {
    return processes.sum(Array.of(Shape.of(own.length), own)).longs();
  }

  /** Returns in all processes what the sender sends. */
  private List<Entry> entries(boolean sends, Map<String, Supplier<Array>> own) {
    StringBuilder text = new StringBuilder();
    if (sends) {
      own.forEach((name, array) -> text.append(Entry.of(name, array.get()).line()));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int length = (int) processes.sum(Array.scalar((long) bytes.length)).item();
    byte[] all = new byte[length];
    for (int from = 0; from < length; from += NAMES) {
      long[] piece = new long[NAMES];
      for (int i = 0; sends && i < NAMES && from + i < length; i++) {
        piece[i] = bytes[from + i];
      }
      piece = summed(piece);
      for (int i = 0; i < NAMES && from + i < length; i++) {
        all[from + i] = (byte) piece[i];
      }
    }
    return new String(all, StandardCharsets.UTF_8).lines().map(Entry::parsed).toList();
  }
}
