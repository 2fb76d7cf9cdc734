package dev.ebt.text.token;

import dev.ebt.error.SettingException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the character tokenizer.
 *
 * @param alphabet all known characters; if null, those of the data. The configuration of a run
 *     stores the collected ones
 * @param unknown the replacement of any other character, such as {@code �}; if null, others are
 *     rejected
 */
public record CharacterSettings(@Nullable String alphabet, @Nullable String unknown) {
  /** Rejects invalid values. */
  public CharacterSettings {
    if (alphabet != null && alphabet.isEmpty()) {
      throw new SettingException(
          "modality.tokenizer.alphabet",
          "is empty; at least one character expected, or"
              + " remove it to use the characters of the data");
    }
    if (alphabet != null
        && alphabet.codePoints().distinct().count() < alphabet.codePoints().count()) {
      throw new SettingException(
          "modality.tokenizer.alphabet", "has a character twice; once expected");
    }
    if (unknown != null && unknown.isEmpty()) {
      throw new SettingException(
          "modality.tokenizer.unknown", "is empty; what to show for unknown characters expected");
    }
  }
}
