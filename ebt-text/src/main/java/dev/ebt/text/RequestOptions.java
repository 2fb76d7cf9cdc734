package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.inference.Decoding;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.ThinkingBudget;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.text.decode.TokenSampling;
import java.util.List;

/**
 * The options of a request for text, with the defaults of programs.
 *
 * @param prompt the tokens of the prompt
 * @param count the greatest number of tokens
 * @param stop strings before which a text ends
 */
record RequestOptions(int[] prompt, int count, GenerationOptions generation, List<String> stop) {
  private static final double TEMPERATURE = 0.8;

  /**
   * Reads options.
   *
   * @param usual the number of tokens where none is given
   * @throws dev.ebt.error.UserException if the prompt is too long, or an option is not possible for
   *     the model
   */
  static RequestOptions of(
      String prompt, int usual, Thinking thinking, RunParts parts, BatchGenerator generator) {
    Decoding decoding = thinking.decoding();
    int count = requireNonNullElse(decoding.maxTokens(), usual);
    if (count > TextGenerator.MOST_TOKENS) {
      throw SettingException.of("maxTokens", count, "at most " + TextGenerator.MOST_TOKENS);
    }
    Integer evaluations = decoding.evaluations();
    if (evaluations != null) {
      BudgetedThinking.check(
          parts, "evaluations"); // Before the number of steps that it comes with.
    }
    ThinkingBudget budget = ThinkingBudget.of(thinking, parts);
    GenerationOptions options =
        new GenerationOptions(
            budget.steps(),
            budget.tolerance(),
            sampling(decoding, thinking.seed()),
            budget.candidates());
    if (evaluations != null) {
      int most = thinking.steps().orElse(0);
      options = BudgetedThinking.of(options, evaluations, most, parts, "evaluations");
    }
    generator.check(options, count, "evaluations", "maxTokens");
    int[] tokens = generator.tokenizer().encode(prompt);
    if (!truncatesPrompt(thinking)) {
      LongContext.checkPrompt(
          tokens.length, generator.length(), "have its beginning left out (truncatePrompt)");
    }
    return new RequestOptions(
        tokens, count, options, requireNonNullElse(decoding.stop(), List.of()));
  }

  /** Returns whether the beginning of a prompt that is too long is left out. */
  static boolean truncatesPrompt(Thinking thinking) {
    return Boolean.TRUE.equals(thinking.decoding().truncatePrompt());
  }

  /** Returns the sampling of options with a seed. */
  static TokenSampling sampling(Decoding decoding, long seed) {
    return new TokenSampling(
        requireNonNullElse(decoding.temperature(), TEMPERATURE),
        decoding.topK(),
        decoding.topP(),
        decoding.minP(),
        decoding.repetitionPenalty(),
        seed);
  }
}
