package dev.ebt.text.token;

import dev.ebt.error.UserException;
import dev.ebt.plugin.HasArtifacts;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a tokenizer that a {@code tokenizer.json} says.
 *
 * @param path of the file
 * @param endOfText which of its added tokens stands between documents; {@value #END_OF_TEXT} if it
 *     has that
 */
public record TokenizerFile(String path, @Nullable String endOfText) {
  /** The token between documents if nobody says another. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** Where a run keeps the file. */
  public static final String KEPT = HasArtifacts.FOLDER + "tokenizer.json";

  /** Refuses what has no meaning. */
  public TokenizerFile {
    if (path == null || path.isBlank()) {
      throw new UserException(
          "modality.tokenizer.path is missing: name a tokenizer.json;"
              + " './ebt tokenizer train' makes one of your text");
    }
  }
}
