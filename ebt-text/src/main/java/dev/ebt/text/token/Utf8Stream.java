package dev.ebt.text.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 to text, one at a time. */
final class Utf8Stream implements TextStream {
  private static final int LONGEST_CHARACTER = 4;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer pending = ByteBuffer.allocate(LONGEST_CHARACTER + 1);
  private final CharBuffer text = CharBuffer.allocate(2 * (LONGEST_CHARACTER + 1));

  @Override
  public String push(int token) {
    pending.put((byte) token).flip();
    decoder.decode(pending, text, false);
    pending.compact();
    return taken();
  }

  @Override
  public String finish() {
    pending.flip();
    decoder.decode(pending, text, true);
    decoder.flush(text);
    pending.clear();
    decoder.reset();
    return taken();
  }

  private String taken() {
    String complete = text.flip().toString();
    text.clear();
    return complete;
  }
}
