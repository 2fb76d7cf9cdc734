package dev.ebt.text.bpe;

import dev.ebt.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the byte-level BPE tokenizer.
 *
 * @param path its {@code tokenizer.json}
 * @param endOfText which of its special tokens stands between documents; {@value
 *     BpeTokenizer#END_OF_TEXT} if it has that
 */
public record BpeSettings(String path, @Nullable String endOfText) {
  /** Refuses what has no meaning. */
  public BpeSettings {
    if (path == null || path.isBlank()) {
      throw new UserException(
          "modality.tokenizer.path is missing: name a tokenizer.json;"
              + " './ebt tokenizer train' makes one of your text");
    }
  }
}
