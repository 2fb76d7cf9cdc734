package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TokenWindows;
import dev.ebt.text.window.WindowedText;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Autoregressive text generation: for each token, observe the text so far, think about the next
 * token, and sample one. Only the last position is predicted. A text longer than the model's window
 * is truncated to its end.
 */
public final class TextGenerator implements AutoCloseable {
  private final Predictor predictor;
  private final WindowedText modality;

  private TextGenerator(Predictor predictor, WindowedText modality) {
    this.predictor = predictor;
    this.modality = modality;
  }

  /**
   * Creates a generator for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run is not one of text, or its model cannot predict a single
   *     position
   */
  public static TextGenerator of(RunParts parts) {
    if (parts.modality() instanceof WindowedText text) {
      Optional<Predictor> predictor = parts.focusedPredictor(1, 1);
      if (predictor.isPresent()) {
        return new TextGenerator(predictor.get(), text);
      }
    }
    throw new UserException(
        "text can be generated with modality 'text' and a model that predicts positions one by one, such as 'autoregressive'; this run has "
            + String.format(
                Locale.ROOT,
                "modality '%s' and model '%s'",
                parts.configuration().modality().name(),
                parts.configuration().model().name()));
  }

  /**
   * Options of thinking and sampling.
   *
   * @param steps thinking steps per token, at least 1; 0 for a model that predicts directly
   * @param tolerance thinking about a token ends once its energy changes by less; 0 disables this
   * @param candidates number of candidates optimized per token, of which the one with the lowest
   *     energy is used
   */
  public record GenerationOptions(
      int steps, double tolerance, TokenSampling sampling, int candidates) {
    /** Creates options with one candidate. */
    public GenerationOptions(int steps, double tolerance, TokenSampling sampling) {
      this(steps, tolerance, sampling, 1);
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
    }
  }

  /**
   * A generated token.
   *
   * @param energies energies of the candidate before the first step and after each step
   * @param probability the probability of the token under the final candidate
   */
  public record GeneratedToken(int token, List<Double> energies, double probability) {}

  /**
   * Continues a prompt.
   *
   * @param prompt the encoded prompt; if empty, generation starts as after the end of another text
   * @param each receives every token and returns whether to continue
   * @return the generated tokens, without the prompt
   */
  public List<GeneratedToken> generate(
      int[] prompt, int count, GenerationOptions options, Predicate<GeneratedToken> each) {
    if (predictor.thinks() != options.steps() > 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "steps is %d; it must be %s",
              options.steps(),
              predictor.thinks() ? "at least 1" : "0 for a model without thinking,"));
    }
    if (!predictor.thinks() && options.candidates() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "candidates is %d; it must be 1 for a model without energies",
              options.candidates()));
    }
    SelfVerification.requireDifferent(predictor, options.candidates());
    int[] text = prompt.length == 0 ? new int[] {begin()} : prompt;
    int start = text.length;
    text = Arrays.copyOf(text, start + count);
    List<GeneratedToken> chosen = new ArrayList<>();
    for (int i = start; i < text.length; i++) {
      GeneratedToken next = next(text, i, options);
      text[i] = next.token();
      chosen.add(next);
      if (!each.test(next)) {
        break;
      }
    }
    return chosen;
  }

  private int begin() {
    return modality.tokenizer().endOfText().orElse(0);
  }

  private GeneratedToken next(int[] text, int end, GenerationOptions options) {
    int length = modality.length();
    int from = Math.max(0, end - length);
    long[] window = new long[length];
    for (int i = from; i < end; i++) {
      window[i - from] = text[i];
    }
    predictor.observe(Map.of(TokenWindows.TOKENS, Array.of(Shape.of(1, length), window)));
    predictor.focus(Array.of(Shape.of(1, 1), new long[] {end - from - 1}));
    long seed = options.sampling().seed() + end;
    List<TokenOutput> thoughts = new ArrayList<>();
    SelfVerification choice = new SelfVerification();
    for (int i = 0; i < options.candidates(); i++) {
      predictor.begin(SelfVerification.seed(seed, i));
      List<Double> energies = think(options);
      thoughts.add(new TokenOutput(energies, predictor.candidate().floats()));
      choice.offer(score(energies, options.candidates()), Map.of());
    }
    TokenOutput best = thoughts.get(choice.chosen()[0]);
    int token = options.sampling().choose(best.logits(), text, end);
    return new GeneratedToken(token, best.energies(), probability(best.logits(), token));
  }

  /** Returns the score of the current candidate, by which one of several is selected. */
  private Array score(List<Double> energies, int candidates) {
    if (candidates == 1) {
      return Array.scalar(0.0);
    }
    return predictor.selectsByEnergy()
        ? Array.scalar(energies.get(energies.size() - 1))
        : predictor.selectionScores();
  }

  private record TokenOutput(List<Double> energies, float[] logits) {}

  private List<Double> think(GenerationOptions options) {
    List<Double> energies = new ArrayList<>();
    if (!predictor.thinks()) {
      return energies;
    }
    for (int i = 0; i < options.steps(); i++) {
      StepResult step = predictor.step(1, options.tolerance());
      energies.add(step.energy().item());
      if (step.moved() == 0) {
        return energies;
      }
      if (step.remaining() == 0) {
        break;
      }
    }
    energies.add(predictor.energy().item());
    return energies;
  }

  private static double probability(float[] logits, int token) {
    double total = 0;
    for (float logit : logits) {
      total += Math.exp((double) logit - logits[token]);
    }
    return 1 / total;
  }

  /** Returns the length of the window: of a longer text only its last tokens are used. */
  public int length() {
    return modality.length();
  }

  /** Returns the tokenizer of the prompt and of the generated text. */
  public Tokenizer tokenizer() {
    return modality.tokenizer();
  }

  /** Releases the programs. */
  @Override
  public void close() {
    predictor.close();
  }
}
