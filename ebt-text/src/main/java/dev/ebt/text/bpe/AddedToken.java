package dev.ebt.text.bpe;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A token that is matched in a text before the text is split into words: a special token such as
 * {@code <|endoftext|>}, or a run of spaces. The components are those of {@code added_tokens} in a
 * {@code tokenizer.json}.
 *
 * @param singleWord match only between characters that are neither letters nor digits
 * @param lstrip include preceding white space
 * @param rstrip include following white space
 * @param normalized match in the normalized text
 * @param special a control token that is not part of readable text
 */
public record AddedToken(
    int id,
    String content,
    @JsonProperty("single_word") boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** Returns a special token with the settings that {@code ebt tokenizer train} writes. */
  public static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }
}
