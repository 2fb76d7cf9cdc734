package dev.ebt.text.document;

import java.io.IOException;
import java.io.InputStream;

/** A guess from its first bytes whether a file is binary rather than text. */
public final class BinaryContent {
  private static final int LOOKED_AT = 8192;

  /** A character may be cut where the first bytes end. */
  private static final int LONGEST_CUT = 3;

  private BinaryContent() {}

  /**
   * Returns whether a stream begins like an image, a program or an archive: with NUL, or with other
   * controls among bytes that are no UTF-8. Text in another encoding has no such controls.
   *
   * @param in a stream that supports marks, at its beginning; it is there again afterwards
   */
  public static boolean startsIn(InputStream in) throws IOException {
    in.mark(LOOKED_AT + 1);
    byte[] head = in.readNBytes(LOOKED_AT);
    in.reset();
    if (StrictUtf8.isMendable(head)) {
      return false;
    }
    boolean controls = false;
    for (byte each : head) {
      if (each == 0) {
        return true;
      }
      controls |= isControl(each);
    }
    return controls && StrictUtf8.validLength(head) < head.length - LONGEST_CUT;
  }

  /** Line breaks, tabs, form feeds, backspaces and escapes are in text, too. */
  private static boolean isControl(byte each) {
    return each >= 0 && each < ' ' && !(each >= '\b' && each <= '\r') && each != 0x1B;
  }
}
