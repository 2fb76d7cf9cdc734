package dev.ebt.bench.serve;

import dev.ebt.inference.Thinking;
import dev.ebt.run.TextScore;
import dev.ebt.run.TrainedModel;
import java.util.List;

/** The probabilities of the tokens of a prompt, for answers that echo it. */
final class PromptScores {
  private static final int ROWS = 8;

  private PromptScores() {}

  /**
   * Returns the scores of the tokens of a text, without those that nothing precedes.
   *
   * @param count the number of its tokens
   * @param separated whether the tokenizer has a token that precedes the first one
   */
  static List<TextScore.TokenScore> of(
      TrainedModel model, String prompt, int count, boolean separated, Thinking thinking) {
    if (count < (separated ? 1 : 2)) {
      return List.of();
    }
    int steps = thinking.steps().orElse(model.parts().steps().taken());
    return model.score(prompt, steps, thinking.candidates(), ROWS).tokens();
  }
}
