package dev.ebt.text.document;

import dev.ebt.error.UserException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A UTF-8 decoder that reports the position of invalid bytes. */
public final class StrictUtf8 {
  private static final int BOM_LENGTH = 3;

  private StrictUtf8() {}

  /**
   * The text of some bytes of a source.
   *
   * @param offset of the first byte in the source; a byte order mark at offset 0 is dropped
   * @throws UserException with the source and the offset of the first byte that is no text
   */
  public static String decode(byte[] bytes, String source, long offset) {
    int start = offset == 0 && startsWith(bytes, 0xEF, 0xBB, 0xBF) ? BOM_LENGTH : 0;
    int nul = indexOfNul(bytes);
    int valid = validLength(bytes);
    if (valid < bytes.length && (nul < 0 || valid < nul)) {
      throw new UserException(
          source
              + " is not UTF-8 text: byte 0x"
              + HexFormat.of().withUpperCase().toHexDigits(bytes[valid])
              + " at byte offset "
              + (offset + valid)
              + remedy(bytes, offset));
    }
    if (nul >= 0) {
      throw new UserException(
          source
              + " looks like a binary file: NUL at byte offset "
              + (offset + nul)
              + "; UTF-8 text expected");
    }
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  /** Returns whether the beginning of a file is that of text after all: compressed, or UTF-16. */
  static boolean isMendable(byte[] head) {
    return isCompressed(head) || isUtf16(head);
  }

  private static boolean isCompressed(byte[] head) {
    return startsWith(head, 0x1F, 0x8B);
  }

  private static boolean isUtf16(byte[] head) {
    return startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF);
  }

  private static String remedy(byte[] bytes, long offset) {
    if (offset == 0 && isCompressed(bytes)) {
      return ". It is compressed: give it a name that ends in .gz";
    }
    if (offset == 0 && isUtf16(bytes)) {
      return ". It is UTF-16: convert it with 'iconv -f UTF-16 -t UTF-8'";
    }
    return ". Convert the file to UTF-8, for instance with 'iconv -f LATIN1 -t UTF-8'";
  }

  private static int indexOfNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the number of bytes of whole, valid characters from the start, in little memory. */
  static int validLength(byte[] bytes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer scratch = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      scratch.clear();
      result = decoder.decode(in, scratch, true);
    } while (result.isOverflow());
    return in.position();
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
