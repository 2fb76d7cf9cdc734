package dev.ebt.vision.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which side of a photograph is up: cameras store pictures as their sensor lies and say so in tag
 * 0x0112 of the Exif segment, 1 to 8 (Exif 2.3, 4.6.4).
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
  private static final int START_OF_SCAN = 0xDA;
  private static final int APPLICATION_1 = 0xE1;
  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;

  /** What a file says, {@link #UPRIGHT} if nothing or if it is no JPEG. */
  static ExifOrientation of(byte[] file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(file);
      if (bytes.getShort() != (short) 0xFFD8) {
        return UPRIGHT;
      }
      while (true) {
        int marker = bytes.getShort() & 0xFFFF;
        int length = bytes.getShort() & 0xFFFF;
        int start = bytes.position();
        if (marker >> 8 != 0xFF || (marker & 0xFF) == START_OF_SCAN) {
          return UPRIGHT;
        }
        byte[] head = Arrays.copyOfRange(file, start, start + EXIF.length);
        if ((marker & 0xFF) == APPLICATION_1 && Arrays.equals(head, EXIF)) {
          return ofTiff(bytes.slice(start + EXIF.length, length - 2 - EXIF.length));
        }
        bytes.position(start + length - 2);
      }
    } catch (RuntimeException e) {
      return UPRIGHT; // Cut off or damaged: the picture itself is read by others.
    }
  }

  private static ExifOrientation ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
        int told = tiff.getShort(entry + 8);
        return told >= 1 && told <= values().length ? values()[told - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Whether height and width change places. */
  boolean turns() {
    return compareTo(TRANSPOSED) >= 0;
  }

  /**
   * Turns a picture upright.
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

  /** Where the pixel at (x, y) is stored. */
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
