package dev.ebt.tensorflow.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * TensorFlow's framing of records in a file: length (8 bytes), its masked CRC, content, its masked
 * CRC (4 bytes each), all little-endian. A masked CRC c is CRC-32C rotated by 15 bits plus
 * 0xa282ead8, so that the CRC of data with CRCs in it is no constant.
 */
final class RecordFrames {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_SHIFT = 15;

  /** The bytes of a frame before its content. */
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private RecordFrames() {}

  /** Returns a record with its frame. */
  static ByteBuffer framed(byte[] content) {
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER + content.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(content.length);
    frame.putInt(maskedCrc(frame.array(), 0, Long.BYTES));
    frame.put(content);
    frame.putInt(maskedCrc(content, 0, content.length));
    return frame.flip();
  }

  /**
   * Reads the content of the next record.
   *
   * @param bytes of a file, little-endian, at the beginning of a frame; at its end afterwards
   * @return empty, with the position unchanged, if there is no complete and undamaged record
   */
  static Optional<byte[]> next(ByteBuffer bytes) {
    int begin = bytes.position();
    if (bytes.remaining() < HEADER + Integer.BYTES) {
      return Optional.empty();
    }
    byte[] header = new byte[Long.BYTES];
    bytes.get(header);
    long length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean sound = bytes.getInt() == maskedCrc(header, 0, header.length);
    if (sound && length >= 0 && length <= bytes.remaining() - Integer.BYTES) {
      byte[] content = new byte[(int) length];
      bytes.get(content);
      if (bytes.getInt() == maskedCrc(content, 0, content.length)) {
        return Optional.of(content);
      }
    }
    bytes.position(begin);
    return Optional.empty();
  }

  /** Returns the masked CRC of some bytes. */
  static int maskedCrc(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return Integer.rotateRight((int) crc.getValue(), MASK_SHIFT) + MASK_DELTA;
  }
}
