package dev.ebt.modality;

import java.util.List;

/**
 * The tokens of one text as examples.
 *
 * @param examples whose predictions of weight 1 are just those of the tokens, in their order by row
 *     and position
 * @param tokens that are predicted, at least one
 * @param contextRule how much of the text before it a token is predicted from, for a person
 */
public record TokenExamples(Examples examples, List<Token> tokens, String contextRule) {
  /** Keeps the tokens unmodifiable. */
  public TokenExamples {
    tokens = List.copyOf(tokens);
  }

  /**
   * A token that is predicted.
   *
   * @param text of it alone; half of a character is U+FFFD
   * @param bytes of UTF-8 that it stands for
   */
  public record Token(String text, int bytes) {}
}
