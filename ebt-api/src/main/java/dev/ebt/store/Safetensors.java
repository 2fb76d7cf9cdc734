package dev.ebt.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A file of named tensors in the safetensors format: the length of a header (8 bytes,
 * little-endian), the header in JSON, the tensors' bytes. See <a
 * href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>.
 *
 * @param tensors by name, in the order of the file
 * @param metadata free-form texts by key
 */
public record Safetensors(Map<String, Array> tensors, Map<String, String> metadata) {
  /** The limit of the original implementation. */
  private static final int LONGEST_HEADER = 100_000_000;

  /** The least number that rounds to infinity as a 16-bit number. */
  private static final double BEYOND_HALF = 65_520;

  /** Copies both maps, preserving their order. */
  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @throws UserException naming the file, the tensor, and the problem
   */
  public static Safetensors read(Path file) {
    return reading(
        file,
        channel -> {
          SafetensorsHeader header = header(file.toString(), channel);
          Map<String, Array> tensors = new LinkedHashMap<>();
          for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.put(
                entry.name(), entry.type().read(entry.shape(), buffer -> fill(channel, buffer)));
          }
          return new Safetensors(tensors, header.metadata());
        });
  }

  /**
   * Opens a file that may be larger than memory: each tensor is read on request.
   *
   * @throws UserException as {@link #read}, also when a tensor is requested
   */
  public static Map<String, Supplier<Array>> open(Path file) {
    return reading(
        file,
        channel -> {
          SafetensorsHeader header = header(file.toString(), channel);
          long data = channel.position();
          Map<String, Supplier<Array>> tensors = new LinkedHashMap<>();
          header
              .entries()
              .forEach(entry -> tensors.put(entry.name(), () -> read(file, data, entry)));
          return tensors;
        });
  }

  private static Array read(Path file, long data, SafetensorsHeader.Entry entry) {
    return reading(
        file,
        channel -> {
          channel.position(data + entry.begin());
          return entry.type().read(entry.shape(), buffer -> fill(channel, buffer));
        });
  }

  private interface Reading<T> {
    T from(SeekableByteChannel channel) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return reading.from(channel);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file", e);
    } catch (EOFException e) {
      throw new UserException(file + " is cut off: it became shorter while it was read", e);
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }

  private static SafetensorsHeader header(String file, SeekableByteChannel channel)
      throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw new UserException(
          file + " is not a safetensors file: it has " + size + " bytes; 8 or more expected");
    }
    ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, prefix);
    long length = prefix.getLong(0);
    if (length < 2 || length > LONGEST_HEADER) {
      throw new UserException(
          file
              + " is not a safetensors file: its first 8 bytes promise a header of "
              + Long.toUnsignedString(length)
              + " bytes; 2 to "
              + LONGEST_HEADER
              + " expected");
    }
    if (length > size - 8) {
      throw new UserException(
          file
              + " is truncated or not a safetensors file: "
              + (size - 8)
              + " bytes found after the header's length, "
              + length
              + " expected for the header alone");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    fill(channel, bytes);
    String json;
    try {
      json = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new UserException(file + " is not a safetensors file: its header is not UTF-8 text", e);
    }
    return SafetensorsHeader.parse(file, json, size - 8 - length);
  }

  private static void fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
  }

  /**
   * Writes a file: whole numbers as I64, real ones as F32 or, if that would lose digits, F64. The
   * write is atomic: the file is either unchanged or complete.
   *
   * @return the SHA-256 hash of the file
   * @throws UserException if it cannot be written
   */
  public String write(Path file) {
    Map<String, Supplier<Array>> made = new LinkedHashMap<>();
    tensors.forEach((name, array) -> made.put(name, () -> array));
    return write(file, made, metadata);
  }

  /**
   * Writes tensors that together may be larger than memory: each is requested twice, one at a time.
   * See {@link #write(Path)}.
   */
  public static String write(
      Path file, Map<String, Supplier<Array>> tensors, Map<String, String> metadata) {
    return write(file, tensors, metadata, Dtype::of);
  }

  private static String write(
      Path file,
      Map<String, Supplier<Array>> tensors,
      Map<String, String> metadata,
      Function<Array, Dtype> type) {
    try {
      return DurableFiles.writeVerified(file, out -> writeTo(out, tensors, metadata, type));
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "What was there before is untouched.");
    }
  }

  /**
   * Writes a file with real numbers as F16, rounded to 11 binary digits. See {@link #write(Path)}.
   *
   * @throws UserException naming a tensor with a number beyond ±65,504, or if it cannot be written
   */
  public String writeHalf(Path file) {
    Map<String, Supplier<Array>> made = new LinkedHashMap<>();
    tensors.forEach(
        (name, array) -> {
          if (array.type() == ElementType.REAL) {
            checkHalf(name, array);
          }
          made.put(name, () -> array);
        });
    return write(
        file,
        made,
        metadata,
        array -> array.type() == ElementType.REAL ? Dtype.F16 : Dtype.of(array));
  }

  private static void checkHalf(String name, Array array) {
    for (int i = 0; i < array.shape().elements(); i++) {
      double value = Math.abs(array.real(i));
      if (value >= BEYOND_HALF && !Double.isInfinite(value)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "tensor %s has the number %s, and 16-bit floating-point numbers end at 65504; leave"
                    + " the weights in single precision",
                name,
                array.real(i)));
      }
    }
  }

  /** Returns the content of the file that {@link #write(Path)} writes. */
  public byte[] bytes() {
    Map<String, Supplier<Array>> made = new LinkedHashMap<>();
    tensors.forEach((name, array) -> made.put(name, () -> array));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writeTo(out, made, metadata, Dtype::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Not possible in memory.
    }
    return out.toByteArray();
  }

  /** A tensor to write, whose array is requested again for its content. */
  private record Stored(String name, Dtype type, Shape shape, Supplier<Array> array) {}

  private static void writeTo(
      OutputStream raw,
      Map<String, Supplier<Array>> tensors,
      Map<String, String> metadata,
      Function<Array, Dtype> type)
      throws IOException {
    List<Stored> all = new ArrayList<>();
    tensors.forEach(
        (name, made) -> {
          Array array = made.get();
          all.add(new Stored(name, type.apply(array), array.shape(), made));
        });
    // Writing wide elements first keeps every tensor aligned.
    all.sort(Comparator.comparing(stored -> -stored.type().bytes));

    ObjectNode header = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(header.putObject("__metadata__")::put);
    }
    long end = 0;
    for (Stored stored : all) {
      long begin = end;
      end += (long) stored.shape().elements() * stored.type().bytes;
      ObjectNode entry = header.putObject(stored.name());
      entry.put("dtype", stored.type().name());
      for (int size : stored.shape().toIntArray()) {
        entry.withArray("shape").add(size);
      }
      entry.withArray("shape");
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, 8);
    ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putLong(json.length + padding);

    OutputStream out = new BufferedOutputStream(raw, 1 << 16);
    out.write(prefix.array());
    out.write(json);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    for (Stored stored : all) {
      stored.type().write(stored.array().get(), out);
    }
    out.flush();
  }
}
