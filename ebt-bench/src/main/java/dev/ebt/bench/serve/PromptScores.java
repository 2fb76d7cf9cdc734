package dev.ebt.bench.serve;

import dev.ebt.run.TextScore.TokenScore;
import dev.ebt.run.TrainedModel;
import java.util.ArrayList;
import java.util.List;

/** The probabilities of the tokens of prompts, for answers that echo them. */
final class PromptScores {
  /**
   * The greatest number of evaluations per request; other requests wait during those of one prompt.
   */
  private static final long MOST_EVALUATIONS = 100_000;

  private static final int ROWS = 8;

  private final CompletionRequest request;
  private final List<Integer> promptTokens;
  private final boolean separated;
  private final int steps;

  /**
   * Prepares scores.
   *
   * @param promptTokens the number of tokens of each prompt
   * @throws ApiException if they take too many evaluations, or an option has no effect on them
   */
  PromptScores(CompletionRequest request, List<Integer> promptTokens, ServedModel.Text text) {
    this.request = request;
    this.promptTokens = promptTokens;
    this.separated = text.tokenizer().endOfText().isPresent();
    this.steps = request.thinking().steps().orElse(text.steps());
    if (wanted()) {
      check();
    }
  }

  /** Returns whether the answer has them. */
  private boolean wanted() {
    return request.echo() && request.logprobs().isPresent();
  }

  private void check() {
    if (request.thinking().tolerance() > 0) {
      throw ApiException.unsuitable(
          "tolerance",
          "tolerance is " + request.thinking().tolerance() + "; 0 expected with echo and logprobs");
    }
    long tokens = promptTokens.stream().mapToLong(Integer::longValue).sum();
    long evaluations = tokens * Math.max(1, steps) * request.thinking().candidates();
    if (evaluations > MOST_EVALUATIONS) {
      throw ApiException.unsuitable(
          "prompt",
          "the probabilities of prompt take "
              + evaluations
              + " evaluations (tokens × steps × candidates); at most "
              + MOST_EVALUATIONS
              + " expected");
    }
  }

  /**
   * Returns the scores of each prompt, without those of tokens that nothing precedes; none if they
   * are not wanted. Each prompt is a computation by itself, so that others come between.
   *
   * @throws ApiException if the wait ended before
   */
  List<List<TokenScore>> of(ServedModel model, ClientWait wait) throws InterruptedException {
    List<List<TokenScore>> scores = new ArrayList<>();
    while (wanted() && scores.size() < request.prompts().size()) {
      int index = scores.size();
      wait.check();
      scores.add(
          ServedModel.await(model.calls().computeAsync(trained -> score(trained, index)), wait));
    }
    return scores;
  }

  private List<TokenScore> score(TrainedModel model, int index) {
    if (promptTokens.get(index) < (separated ? 1 : 2)) {
      return List.of();
    }
    String prompt = request.prompts().get(index);
    int likeliest = request.logprobs().orElse(0);
    return likeliest == 0
        ? model.score(prompt, steps, request.thinking().candidates(), ROWS).tokens()
        : model.scoreWithLikeliest(prompt, steps, ROWS, likeliest).tokens();
  }
}
