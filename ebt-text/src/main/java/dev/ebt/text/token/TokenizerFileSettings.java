package dev.ebt.text.token;

import dev.ebt.error.SettingException;
import dev.ebt.plugin.HasArtifacts;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a tokenizer that is defined by a {@code tokenizer.json}.
 *
 * @param path the path of the file
 * @param endOfText the added token that separates documents; {@value #END_OF_TEXT} if the file has
 *     it
 */
public record TokenizerFileSettings(String path, @Nullable String endOfText) {
  /** The default token between documents. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** The path of the file within a run. */
  public static final String KEPT = HasArtifacts.FOLDER + "tokenizer.json";

  /** Rejects invalid values. */
  public TokenizerFileSettings {
    if (path == null || path.isBlank()) {
      throw new SettingException(
          "modality.tokenizer.path",
          "is missing: name a tokenizer.json;" + " './ebt tokenizer train' makes one of your text");
    }
  }
}
