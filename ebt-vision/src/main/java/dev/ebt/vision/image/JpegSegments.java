package dev.ebt.vision.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The segments before the pixels of a JPEG (ISO 10918-1, annex B): a marker, a length and content.
 * Cameras and editors store much metadata in them.
 */
final class JpegSegments {
  private static final int START = 0xFFD8;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APPLICATION_0 = 0xE0;
  private static final int APPLICATION_2 = 0xE2;
  private static final int APPLICATION_14 = 0xEE;
  private static final int APPLICATION_15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private final byte[] file;
  private int at = 2;

  private JpegSegments(byte[] file) {
    this.file = file;
  }

  /** Returns whether a file begins with the JPEG marker. */
  static boolean is(byte[] file) {
    return file.length > 2 && (ByteBuffer.wrap(file).getShort() & 0xFFFF) == START;
  }

  /** Returns the content after this beginning of the first application segment that has it. */
  static Optional<ByteBuffer> content(byte[] file, byte[] beginning) {
    if (!is(file)) {
      return Optional.empty();
    }
    for (JpegSegments segments = new JpegSegments(file); segments.whole(); segments.next()) {
      if (segments.isApplication() && segments.begins(beginning)) {
        int from = segments.at + 4 + beginning.length;
        return Optional.of(
            ByteBuffer.wrap(file).slice(from, segments.length() - 2 - beginning.length));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the same image without comments and application segments, except those that define its
   * colours: of JFIF, of Adobe and of colour profiles.
   */
  static byte[] withoutMetadata(byte[] file) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(file.length);
    output.write(file, 0, 2);
    JpegSegments segments = new JpegSegments(file);
    for (; segments.whole(); segments.next()) {
      if (segments.isOfPixels()) {
        output.write(file, segments.at, 2 + segments.length());
      }
    }
    output.write(file, segments.at, file.length - segments.at);
    return output.toByteArray();
  }

  private boolean isOfPixels() {
    return switch (marker()) {
      case APPLICATION_0, APPLICATION_14 -> true;
      case APPLICATION_2 -> begins(PROFILE);
      default -> marker() != COMMENT && !isApplication();
    };
  }

  private boolean isApplication() {
    return marker() >= APPLICATION_0 && marker() <= APPLICATION_15;
  }

  /** Returns whether there is a whole segment here, before the pixels. */
  private boolean whole() {
    return file.length - at >= 4
        && (file[at] & 0xFF) == 0xFF
        && marker() != START_OF_SCAN
        && marker() >= 0xC0
        && length() >= 2
        && length() <= file.length - at - 2;
  }

  private int marker() {
    return file[at + 1] & 0xFF;
  }

  private int length() {
    return ByteBuffer.wrap(file).getShort(at + 2) & 0xFFFF;
  }

  private boolean begins(byte[] beginning) {
    return length() - 2 >= beginning.length
        && Arrays.equals(Arrays.copyOfRange(file, at + 4, at + 4 + beginning.length), beginning);
  }

  private void next() {
    at += 2 + length();
    // Any number of fill bytes may precede a marker (B.1.1.2).
    while (file.length - at >= 2 && (file[at] & file[at + 1] & 0xFF) == 0xFF) {
      at++;
    }
  }
}
