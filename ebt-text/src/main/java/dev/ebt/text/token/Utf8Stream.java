package dev.ebt.text.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Incremental decoding of UTF-8 bytes to text, one token at a time. */
final class Utf8Stream implements StreamingDecoder {
  private final ByteLevelTokenizer pieces;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /** A possible start of a character. */
  private byte[] pending = {};

  Utf8Stream(ByteLevelTokenizer pieces) {
    this.pieces = pieces;
  }

  @Override
  public String push(int token) {
    byte[] piece = pieces.bytes(token);
    ByteBuffer bytes =
        ByteBuffer.allocate(pending.length + piece.length).put(pending).put(piece).flip();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, text, false);
    pending = new byte[bytes.remaining()];
    bytes.get(pending);
    return text.flip().toString();
  }

  @Override
  public String finish() {
    String rest = new String(pending, StandardCharsets.UTF_8);
    pending = new byte[0];
    decoder.reset();
    return rest;
  }
}
