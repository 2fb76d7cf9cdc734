package dev.ebt.text.decode;

import dev.ebt.error.SettingException;
import java.util.Locale;

/**
 * The share of a budget of evaluations that the next token of a text may use. A token uses less
 * once its thinking stops, which leaves more to later ones; one step is kept for each of them.
 *
 * @param options with a budget
 * @param perStep evaluations of a thinking step
 */
record EvaluationShare(TextGenerator.GenerationOptions options, int perStep) {
  /**
   * The most that a token may use without a limit of its own, as a multiple of an even share of
   * what is left, so that one whose energy never settles does not starve the others.
   */
  private static final int MOST_EVEN_SHARES = 4;

  /** Returns the evaluations of all candidates of a token for a number of steps. */
  private long cost(int steps) {
    int scores = options.candidates() > 1 ? 1 : 0;
    return options.candidates() * ((long) steps * perStep + scores);
  }

  /**
   * Checks that a budget is enough for one step of each token.
   *
   * @param option the name of the option of the budget
   * @param countOption the name of the option of the number of tokens
   * @throws SettingException if it is not
   */
  void check(String option, int tokens, String countOption) {
    long least = cost(1) * tokens;
    if (options.evaluations() < least) {
      throw SettingException.of(
          option,
          options.evaluations(),
          String.format(
              Locale.ROOT,
              "at least %,d, one step for each of %,d tokens, or a smaller %s,",
              least,
              tokens,
              countOption));
    }
  }

  /**
   * Returns the greatest number of steps of the next token, at least 1.
   *
   * @param spent evaluations of the tokens before
   * @param tokens number of tokens that there may still be, this one included
   */
  int steps(long spent, int tokens) {
    long left = options.evaluations() - spent;
    long share = left - cost(1) * (tokens - 1);
    if (options.steps() == 0) {
      share = Math.min(share, Math.max(cost(1), MOST_EVEN_SHARES * left / tokens));
    }
    long steps = (share - cost(0)) / (cost(1) - cost(0));
    return (int) (options.steps() == 0 ? steps : Math.min(steps, options.steps()));
  }
}
