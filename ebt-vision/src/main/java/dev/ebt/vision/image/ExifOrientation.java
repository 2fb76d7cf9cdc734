package dev.ebt.vision.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The orientation of a photograph: cameras store images in the orientation of the sensor and record
 * it in tag 0x0112 of the Exif data, 1 to 8 (Exif 2.3, 4.6.4).
 */
enum ExifOrientation {
  UPRIGHT,
  MIRRORED,
  HALF_TURNED,
  FLIPPED,
  TRANSPOSED,
  /** The first row is at the right. */
  TURNED_RIGHT,
  TRANSVERSE,
  /** The first row is at the left. */
  TURNED_LEFT;

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;

  /** The header of a WebP: RIFF, its length, WEBP. */
  private static final int RIFF_HEADER = 12;

  /** Returns the orientation of a file; {@link #UPRIGHT} if it has none. */
  static ExifOrientation of(byte[] file) {
    try {
      return ofTiff(exif(file));
    } catch (RuntimeException e) {
      return UPRIGHT; // Cut off, damaged or missing: the image itself is read elsewhere.
    }
  }

  /**
   * Returns the TIFF directory of tags: a TIFF itself, the segment APP1 of a JPEG, the chunk eXIf
   * of a PNG or EXIF of a WebP.
   */
  private static ByteBuffer exif(byte[] file) {
    String beginning = new String(file, 0, Math.min(4, file.length), StandardCharsets.ISO_8859_1);
    if (beginning.equals("II*\0") || beginning.equals("MM\0*")) {
      return ByteBuffer.wrap(file);
    }
    if (beginning.equals("RIFF")) {
      return ofWebp(file);
    }
    return PngChunks.is(file)
        ? PngChunks.content(file, "eXIf").orElseThrow()
        : JpegSegments.content(file, EXIF).orElseThrow();
  }

  private static ByteBuffer ofWebp(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = RIFF_HEADER;
    while (!new String(file, at, 4, StandardCharsets.ISO_8859_1).equals("EXIF")) {
      int length = bytes.getInt(at + 4);
      at = Math.addExact(at, 8 + Math.addExact(length, length & 1));
      if (length < 0) {
        return ByteBuffer.allocate(0);
      }
    }
    // Some writers put the header of a JPEG's segment before it.
    byte[] head = Arrays.copyOfRange(file, at + 8, at + 8 + EXIF.length);
    int header = Arrays.equals(head, EXIF) ? EXIF.length : 0;
    return bytes.slice(at + 8 + header, bytes.getInt(at + 4) - header);
  }

  private static ExifOrientation ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Returns whether height and width are swapped. */
  boolean turns() {
    return compareTo(TRANSPOSED) >= 0;
  }

  /**
   * Turns an image upright.
   *
   * @param planes [channels, side, side]
   */
  byte[] upright(byte[] planes, int side) {
    if (this == UPRIGHT) {
      return planes;
    }
    byte[] turned = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      int x = i % side;
      int y = i / side % side;
      int from = i - i % (side * side);
      turned[i] = planes[from + source(x, y, side - 1)];
    }
    return turned;
  }

  /** Returns the index at which the pixel at (x, y) is stored. */
  private int source(int x, int y, int last) {
    int side = last + 1;
    return switch (this) {
      case UPRIGHT -> y * side + x;
      case MIRRORED -> y * side + last - x;
      case HALF_TURNED -> (last - y) * side + last - x;
      case FLIPPED -> (last - y) * side + x;
      case TRANSPOSED -> x * side + y;
      case TURNED_RIGHT -> (last - x) * side + y;
      case TRANSVERSE -> (last - x) * side + last - y;
      case TURNED_LEFT -> x * side + last - y;
    };
  }
}
