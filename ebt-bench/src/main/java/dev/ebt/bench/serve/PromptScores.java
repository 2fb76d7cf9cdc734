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
      TrainedModel model, String prompt, int count, boolean separated, CompletionRequest request) {
    if (count < (separated ? 1 : 2)) {
      return List.of();
    }
    Thinking thinking = request.thinking();
    int steps = thinking.steps().orElse(model.parts().steps().taken());
    int likeliest = request.logprobs().orElse(0);
    TextScore score =
        likeliest == 0
            ? model.score(prompt, steps, thinking.candidates(), ROWS)
            : model.scoreWithLikeliest(prompt, steps, ROWS, likeliest);
    return score.tokens();
  }
}
