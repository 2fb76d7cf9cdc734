package dev.ebt.bench.serve;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response of OpenAI's completions API, or a part of it in a stream.
 *
 * @param id the same for all parts of a stream
 * @param created seconds since 1970
 * @param usage null if it is not known yet
 */
record Completion(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @Nullable Usage usage) {
  private static final String OBJECT = "text_completion";

  Completion(String id, long created, String model, List<Choice> choices, @Nullable Usage usage) {
    this(id, OBJECT, created, model, choices, usage);
  }

  /** A continuation of a prompt, or the next part of it. */
  record Choice(
      int index, String text, @Nullable LogProbabilities logprobs, @Nullable String finishReason) {}

  /**
   * Natural logarithms of probabilities by token.
   *
   * @param tokenLogprobs of the tokens; null where there is none, as of the first one of a prompt
   * @param topLogprobs of the likeliest tokens; null if none are wanted
   * @param textOffset the number of characters before each token
   */
  record LogProbabilities(
      List<String> tokens,
      List<@Nullable Double> tokenLogprobs,
      @Nullable List<@Nullable Map<String, Double>> topLogprobs,
      List<Integer> textOffset) {}

  /** Numbers of tokens. */
  record Usage(
      int promptTokens,
      int completionTokens,
      int totalTokens,
      CompletionTokensDetails completionTokensDetails) {
    static Usage of(int promptTokens, int completionTokens, long evaluations) {
      return new Usage(
          promptTokens,
          completionTokens,
          promptTokens + completionTokens,
          new CompletionTokensDetails(evaluations));
    }
  }

  /**
   * What the tokens of completions cost.
   *
   * @param evaluations of the network, for all tokens and candidates
   */
  record CompletionTokensDetails(long evaluations) {}
}
