package dev.ebt.text.token;

import dev.ebt.error.UserException;
import dev.ebt.plugin.HasArtifacts;
import dev.ebt.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer whose tokens are the code points of an alphabet. Token 0 is NUL, between documents,
 * as with bytes; then come those of the alphabet in its order; last the token for unknown
 * characters, if there is one.
 */
public final class CharacterTokenizer implements ByteLevelTokenizer, HasArtifacts {
  private static final int END_OF_TEXT = 0;

  private final String alphabet;
  private final @Nullable String unknown;
  private final String[] pieces;
  private final Map<Integer, Integer> tokens = new HashMap<>();

  /**
   * Creates a tokenizer of these characters.
   *
   * @param unknown the replacement of any other character; if null, others are rejected
   */
  public CharacterTokenizer(String alphabet, @Nullable String unknown) {
    this.alphabet = alphabet;
    this.unknown = unknown;
    tokens.put(END_OF_TEXT, END_OF_TEXT);
    alphabet.codePoints().forEach(point -> tokens.putIfAbsent(point, tokens.size()));
    pieces = new String[tokens.size() + (unknown == null ? 0 : 1)];
    tokens.forEach((point, token) -> pieces[token] = Character.toString(point));
    if (unknown != null) {
      pieces[pieces.length - 1] = unknown;
    }
  }

  @Override
  public int vocabulary() {
    return pieces.length;
  }

  /**
   * Encodes a text. An unpaired surrogate is "?", as for bytes.
   *
   * @throws UserException naming the first character that is not in the alphabet, and its position
   */
  @Override
  public int[] encode(String text) {
    String known = SurrogateRepair.of(text);
    int[] encoded = new int[known.codePointCount(0, known.length())];
    int at = 0;
    for (int i = 0; i < encoded.length; i++) {
      int point = known.codePointAt(at);
      Integer token = tokens.get(point);
      if (token == null && unknown == null) {
        throw unknown(known, at);
      }
      encoded[i] = token == null ? pieces.length - 1 : token;
      at += Character.charCount(point);
    }
    return encoded;
  }

  private UserException unknown(String text, int at) {
    int point = text.codePointAt(at);
    long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    int column = text.codePointCount(text.lastIndexOf('\n', at - 1) + 1, at) + 1;
    return new UserException(
        String.format(
            Locale.ROOT,
            "line %d, column %d: the character %s(U+%04X, %s) is none of the %,d that the model"
                + " knows. Take it out, or train with an own token for such:"
                + " --set modality.tokenizer.unknown=�",
            line,
            column,
            Character.isISOControl(point) ? "" : "'" + Character.toString(point) + "' ",
            point,
            Character.getName(point),
            tokens.size() - 1));
  }

  @Override
  public byte[] bytes(int token) {
    return pieces[token].getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String decode(int... encoded) {
    StringBuilder text = new StringBuilder(encoded.length);
    for (int token : encoded) {
      text.append(pieces[token]);
    }
    return text.toString();
  }

  @Override
  public OptionalInt endOfText() {
    return OptionalInt.of(END_OF_TEXT);
  }

  @Override
  public String fingerprint() {
    String written = alphabet + (unknown == null ? "" : "\0" + unknown);
    return String.format(
        Locale.ROOT,
        "%,d characters (%s)",
        alphabet.codePoints().count(),
        Sha256.of(written).substring(0, 16));
  }

  @Override
  public CharacterSettings settings() {
    return new CharacterSettings(alphabet, unknown);
  }
}
