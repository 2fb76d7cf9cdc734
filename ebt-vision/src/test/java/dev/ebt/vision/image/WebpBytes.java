package dev.ebt.vision.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * WebP files of one colour (lossless bitstream, RFC 9649): each channel has a prefix code of one
 * symbol, so that pixels take no bits.
 */
final class WebpBytes {
  private final BitSet bits = new BitSet();
  private int count;

  private WebpBytes() {}

  /** An image of one opaque colour, with these Exif data if there are any. */
  static byte[] of(int width, int height, int red, int green, int blue, byte... exif) {
    WebpBytes stream = header(width, height);
    for (int symbol : new int[] {green, red, blue, 255, 0}) {
      stream.add(0b101, 3).add(symbol, 8);
    }
    return file(width, height, stream, exif);
  }

  /** A header and codes of one bit for each pixel, but no pixels. */
  static byte[] striped(int width, int height) {
    WebpBytes stream = header(width, height);
    stream.add(0b111, 3).add(0, 8).add(255, 8); // Green is one of two.
    for (int symbol : new int[] {0, 0, 255, 0}) {
      stream.add(0b101, 3).add(symbol, 8);
    }
    return file(width, height, stream);
  }

  private static WebpBytes header(int width, int height) {
    WebpBytes stream = new WebpBytes();
    stream.add(0x2F, 8).add(width - 1, 14).add(height - 1, 14).add(0, 1).add(0, 3);
    return stream.add(0, 3); // No transform, no colour cache, one group of codes.
  }

  private static byte[] file(int width, int height, WebpBytes stream, byte... exif) {
    ByteBuffer features = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    features.putInt(exif.length > 0 ? 8 : 0);
    features.putShort((short) (width - 1)).put((byte) 0);
    features.putShort((short) (height - 1)).put((byte) 0);
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    chunks.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    chunks.writeBytes(chunk("VP8X", features.array()));
    chunks.writeBytes(chunk("VP8L", stream.bytes()));
    if (exif.length > 0) {
      chunks.writeBytes(chunk("EXIF", exif));
    }
    return chunk("RIFF", chunks.toByteArray());
  }

  /** The lowest bit first. */
  private WebpBytes add(int value, int length) {
    for (int i = 0; i < length; i++) {
      bits.set(count++, (value >> i & 1) == 1);
    }
    return this;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[(count + 7) / 8];
    byte[] set = bits.toByteArray();
    System.arraycopy(set, 0, bytes, 0, set.length);
    return bytes;
  }

  private static byte[] chunk(String name, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(8 + content.length + content.length % 2);
    chunk.order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(content.length).put(content);
    return chunk.array();
  }
}
