package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.predict.Predictors;
import dev.ebt.run.RunParts;
import dev.ebt.text.window.WindowedTextModality;
import java.util.List;
import java.util.function.Predicate;

/**
 * Autoregressive text generation, one text at a time: for each token, observe the text so far,
 * think about the next token, and sample one. {@link BatchGenerator} generates several together.
 * Only the last position is predicted. A prompt longer than the model's window is truncated to its
 * end; {@link FullWindow} says what happens when the window is full later.
 *
 * <p>Where the model has a key/value cache, every token is observed once; otherwise the whole
 * window is observed again for each. Both give the same tokens, up to rounding.
 */
public final class TextGenerator implements AutoCloseable {
  /** The greatest number of tokens of one call. */
  public static final int MOST_TOKENS = 1_000_000;

  /** How many of the likeliest tokens are returned. */
  static final int LIKELY = 5;

  private final BatchGenerator generator;

  private TextGenerator(BatchGenerator generator) {
    this.generator = generator;
  }

  /**
   * Creates a generator for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run is not one of text, or its model cannot predict a single
   *     position
   */
  public static TextGenerator of(RunParts parts) {
    return new TextGenerator(BatchGenerator.of(parts));
  }

  /** Creates a generator that observes the whole window again for each token. */
  public static TextGenerator withoutCache(RunParts parts) {
    return new TextGenerator(BatchGenerator.withoutCache(parts));
  }

  /**
   * Creates a generator.
   *
   * @param predictors of the model
   * @param cached whether a key/value cache is used if the model has one
   * @throws IllegalArgumentException if the model cannot predict a single position
   */
  public static TextGenerator of(
      WindowedTextModality modality, Predictors predictors, boolean cached) {
    return new TextGenerator(new BatchGenerator(modality, predictors, cached));
  }

  /**
   * Options of thinking and sampling.
   *
   * @param steps thinking steps per token, at least 1; 0 for a model that predicts directly, and
   *     with {@code evaluations} for no limit of a token's own
   * @param tolerance thinking about a token ends once its energy changes by less; 0 disables this
   * @param candidates number of candidates optimized per token, of which one is selected, by
   *     default that of the lowest energy
   * @param window what happens when the text is longer than the window
   * @param energies whether the energy of the chosen candidate is computed, which is one evaluation
   *     more unless candidates are selected by it
   * @param evaluations the most evaluations of all tokens of a text together, as {@link
   *     GeneratedToken#evaluations} counts them: a token that settles by the tolerance or the
   *     stopping rule of the model leaves more to later ones, and at least one step is kept for
   *     each; 0 for no such budget. A text with a budget shares no batch with others.
   * @param compact whether candidates and texts whose thinking has stopped are left out of the
   *     batch: see {@link dev.ebt.think.CompactedThinking}
   */
  public record GenerationOptions(
      int steps,
      double tolerance,
      TokenSampling sampling,
      int candidates,
      FullWindow window,
      boolean energies,
      int evaluations,
      boolean compact) {
    /** Creates options without a budget of evaluations. */
    public GenerationOptions(
        int steps,
        double tolerance,
        TokenSampling sampling,
        int candidates,
        FullWindow window,
        boolean energies) {
      this(steps, tolerance, sampling, candidates, window, energies, 0, false);
    }

    /** Creates options with one candidate. */
    public GenerationOptions(int steps, double tolerance, TokenSampling sampling) {
      this(steps, tolerance, sampling, 1);
    }

    /** Creates options that go on from half of a full window, with all energies. */
    public GenerationOptions(int steps, double tolerance, TokenSampling sampling, int candidates) {
      this(steps, tolerance, sampling, candidates, FullWindow.HALF, true);
    }

    /** Returns these options without the energy of the chosen candidate. */
    public GenerationOptions withoutFinalEnergy() {
      return new GenerationOptions(
          steps, tolerance, sampling, candidates, window, false, evaluations, compact);
    }

    /** Returns these options with another sampling. */
    public GenerationOptions sampledBy(TokenSampling other) {
      return new GenerationOptions(
          steps, tolerance, other, candidates, window, energies, evaluations, compact);
    }

    /**
     * Returns these options with a budget of evaluations for all tokens of a text.
     *
     * @param mostSteps the most steps of a token; 0 for no limit of its own
     * @param otherTolerance the tolerance that a token settles by, 0 if the model has a stopping
     *     rule
     */
    public GenerationOptions withEvaluations(int budget, int mostSteps, double otherTolerance) {
      return new GenerationOptions(
          mostSteps, otherTolerance, sampling, candidates, window, energies, budget, compact);
    }

    /** Returns these options with stopped candidates and texts left out, or not. */
    public GenerationOptions compacted(boolean whether) {
      return new GenerationOptions(
          steps, tolerance, sampling, candidates, window, energies, evaluations, whether);
    }

    /** Rejects invalid values. */
    public GenerationOptions {
      if (steps < 0) {
        throw new UserException("steps is " + steps + "; 0 or more expected");
      }
      if (!(tolerance >= 0)) {
        throw new UserException("tolerance is " + tolerance + "; 0 or more expected");
      }
      if (candidates < 1) {
        throw new UserException("candidates is " + candidates + "; at least 1 expected");
      }
      if (evaluations < 0) {
        throw new UserException("evaluations is " + evaluations + "; 0 or more expected");
      }
    }
  }

  /**
   * A generated token.
   *
   * @param energies energies of the chosen candidate before each of its updates, and, if it was
   *     computed, of the final candidate
   * @param probability the probability of the token under the final candidate
   * @param likely the likeliest tokens of the final candidate; none without {@link
   *     GenerationOptions#energies}
   * @param candidates all candidates for the token, of which one was selected; none without {@link
   *     GenerationOptions#energies}
   * @param evaluations evaluations of the network by all candidates: steps, and with several
   *     candidates one more each for the choice among them
   */
  public record GeneratedToken(
      int token,
      List<Double> energies,
      double probability,
      List<LikelyToken> likely,
      List<TokenCandidate> candidates,
      int evaluations) {}

  /**
   * A candidate for a token.
   *
   * @param energies its energies before each of its updates, and the final one
   * @param likeliest its likeliest token
   * @param selected whether the token was sampled from it
   */
  public record TokenCandidate(List<Double> energies, int likeliest, boolean selected) {}

  /**
   * Checks options, and the budget of evaluations for a number of tokens: see {@link
   * BatchGenerator#check}.
   */
  public void check(GenerationOptions options, int count, String budgetOption, String countOption) {
    generator.check(options, count, budgetOption, countOption);
  }

  /**
   * Continues a prompt.
   *
   * @param prompt the encoded prompt; if empty, generation starts as after the end of another text
   * @param count the greatest number of tokens to generate, at most {@link #MOST_TOKENS}
   * @param each receives every token and returns whether to continue
   * @return the generated tokens, without the prompt
   * @throws UserException if the count or an option is not possible for the model
   */
  public List<GeneratedToken> generate(
      int[] prompt, int count, GenerationOptions options, Predicate<GeneratedToken> each) {
    GeneratedText text = generator.add(prompt, count, options, each);
    try {
      while (!text.ended()) {
        generator.advance();
      }
    } finally {
      generator.remove(text);
    }
    text.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return text.tokens();
  }

  /** Returns the length of the window: of a longer text only its last tokens are used. */
  public int length() {
    return generator.length();
  }

  /** Returns the tokenizer of the prompt and of the generated text. */
  public Tokenizer tokenizer() {
    return generator.tokenizer();
  }

  /** Releases the programs. */
  @Override
  public void close() {
    generator.close();
  }
}
