package dev.ebt.text.bpe;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A token that is found in a text before it is cut into words: a special one such as {@code
 * <|endoftext|>}, or a run of spaces. The components are those of {@code added_tokens} in a {@code
 * tokenizer.json}.
 *
 * @param singleWord only where no letter or digit touches it
 * @param lstrip takes the white space before it, too
 * @param rstrip takes the white space after it, too
 * @param normalized sought in the text after normalization rather than before
 * @param special for models rather than readers
 */
public record AddedToken(
    int id,
    String content,
    @JsonProperty("single_word") boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token as {@code ebt tokenizer train} writes it. */
  public static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }
}
