package dev.ebt.text.token;

import dev.ebt.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the character tokenizer.
 *
 * @param alphabet all characters that there are; if null, those of the data. A run's configuration
 *     has those that were learnt
 * @param unknown what stands for any other character, such as {@code �}; if null, others are
 *     refused
 */
public record CharacterSettings(@Nullable String alphabet, @Nullable String unknown) {
  /** Refuses what has no meaning. */
  public CharacterSettings {
    if (alphabet != null && alphabet.isEmpty()) {
      throw new UserException(
          "modality.tokenizer.alphabet is empty; at least one character expected, or leave it out"
              + " to learn it from the data");
    }
    if (alphabet != null
        && alphabet.codePoints().distinct().count() < alphabet.codePoints().count()) {
      throw new UserException("modality.tokenizer.alphabet has a character twice; once expected");
    }
    if (unknown != null && unknown.isEmpty()) {
      throw new UserException(
          "modality.tokenizer.unknown is empty; what to show for unknown characters expected");
    }
  }
}
