package dev.ebt.modality;

import java.util.List;

/**
 * The tokens of one text as examples.
 *
 * @param examples the examples; their predictions of weight 1 are exactly those of the tokens, in
 *     order by row and position
 * @param tokens the predicted tokens, at least one
 * @param contextRule a readable description of how much preceding text a token is predicted from
 */
public record ScoringExamples(Examples examples, List<Token> tokens, String contextRule) {
  /** Creates examples with an unmodifiable copy of the tokens. */
  public ScoringExamples {
    tokens = List.copyOf(tokens);
  }

  /**
   * A predicted token.
   *
   * @param text the text of this token alone; an incomplete character is U+FFFD
   * @param bytes the number of UTF-8 bytes that it stands for
   */
  public record Token(String text, int bytes) {}
}
