package dev.ebt.vision.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG (PNG 1.2, chapter 3): length, name, content and checksum of each. The
 * platform's reader keeps texts and profiles uncompressed, so that a small file can take all
 * memory; it gets only the chunks that define pixels.
 */
final class PngChunks {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** The length of length, name and checksum. */
  private static final int AROUND = 12;

  private static final String HEADER = "IHDR";
  private static final String TRANSPARENCY = "tRNS";
  private static final String ANIMATION = "acTL";
  private static final String END = "IEND";
  private static final int DEPTH = 8;
  private static final int COLOUR_TYPE = 9;
  private static final byte GREY = 0;
  private static final Set<Byte> SHALLOW = Set.of((byte) 1, (byte) 2, (byte) 4);
  private static final byte PALETTE = 3;

  private final byte[] file;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private int at = SIGNATURE.length;

  private PngChunks(byte[] file) {
    this.file = file;
  }

  /** Returns whether a file begins with the PNG signature. */
  static boolean is(byte[] file) {
    return file.length > SIGNATURE.length
        && Arrays.equals(Arrays.copyOf(file, SIGNATURE.length), SIGNATURE);
  }

  /** Returns the content of the first chunk of a name. */
  static Optional<ByteBuffer> content(byte[] file, String name) {
    PngChunks chunks = new PngChunks(file);
    while (chunks.whole()) {
      if (chunks.name().equals(name)) {
        return Optional.of(chunks.content());
      }
      chunks.next();
    }
    return Optional.empty();
  }

  /**
   * Refuses animations.
   *
   * @throws IOException with the number of frames
   */
  static void checkStill(byte[] file) throws IOException {
    Optional<ByteBuffer> animation = content(file, ANIMATION).filter(c -> c.remaining() >= 4);
    if (animation.isPresent() && animation.get().getInt(0) > 1) {
      throw ImageFile.animation(animation.get().getInt(0));
    }
  }

  /**
   * Returns the same image without its ancillary chunks. Data that is not a whole chunk is kept,
   * for the reader to report.
   */
  static byte[] withoutMetadata(byte[] file) {
    return new PngChunks(file).keep();
  }

  private byte[] keep() {
    output.write(file, 0, SIGNATURE.length);
    Optional<ByteBuffer> colour =
        content(file, TRANSPARENCY).filter(content -> shallowGrey() && content.remaining() >= 2);
    while (whole()) {
      String name = name();
      if (colour.isPresent() && name.equals(HEADER)) {
        asPalette(colour.get().getShort(0));
      } else if (colour.isEmpty() ? isKept(name) : !name.equals(TRANSPARENCY) && isKept(name)) {
        output.write(file, at, AROUND + length());
      }
      next();
      if (name.equals(END)) {
        return output.toByteArray();
      }
    }
    output.write(file, at, file.length - at);
    return output.toByteArray();
  }

  /** Returns whether a chunk is critical, with a capital first letter, or is transparency. */
  private static boolean isKept(String name) {
    return Character.isUpperCase(name.charAt(0)) || name.equals(TRANSPARENCY);
  }

  private boolean shallowGrey() {
    return whole()
        && name().equals(HEADER)
        && length() > COLOUR_TYPE
        && content().get(COLOUR_TYPE) == GREY
        && SHALLOW.contains(content().get(DEPTH));
  }

  /**
   * Writes the header of the same image with a palette of greys, the palette, and its transparent
   * entry: the platform's reader expands grey of fewer than 8 bits to 8 and then compares it with
   * the transparent value before expansion.
   */
  private void asPalette(int transparent) {
    byte[] header = new byte[length()];
    content().get(header);
    int greys = 1 << header[DEPTH];
    header[COLOUR_TYPE] = PALETTE;
    byte[] palette = new byte[3 * greys];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (i / 3 * 255 / (greys - 1));
    }
    byte[] opacity = new byte[(transparent & greys - 1) + 1];
    Arrays.fill(opacity, 0, opacity.length - 1, (byte) 255);
    write(HEADER, header);
    write("PLTE", palette);
    write(TRANSPARENCY, opacity);
  }

  private void write(String name, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(AROUND + content.length);
    chunk.putInt(content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 check = new CRC32();
    check.update(chunk.array(), 4, 4 + content.length);
    chunk.putInt((int) check.getValue());
    output.writeBytes(chunk.array());
  }

  /** Returns whether there is a whole chunk here. */
  private boolean whole() {
    return file.length - at >= AROUND && length() >= 0 && length() <= file.length - at - AROUND;
  }

  private int length() {
    return ByteBuffer.wrap(file).getInt(at);
  }

  private String name() {
    return new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
  }

  private ByteBuffer content() {
    return ByteBuffer.wrap(file).slice(at + 8, length());
  }

  private void next() {
    at += AROUND + length();
  }
}
