package dev.ebt.text.decode;

import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.StepResult;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Autoregressive text generation: for each token, observe the text so far, think about the next
 * token, and sample one. Only the last position is predicted. A prompt longer than the model's
 * window is truncated to its end; {@link FullWindow} says what happens when the window is full
 * later.
 *
 * <p>Where the model has a key/value cache, every token is observed once; otherwise the whole
 * window is observed again for each. Both give the same tokens, up to rounding.
 */
public final class TextGenerator implements AutoCloseable {
  /** The smallest cache; larger ones have twice the room, up to the window. */
  private static final int SMALLEST_CACHE = 256;

  /** The greatest number of tokens of one call. */
  public static final int MOST_TOKENS = 1_000_000;

  private static final int UNCACHED = 0;

  /** How many of the likeliest tokens are returned. */
  private static final int LIKELY = 5;

  private final WindowedTextModality modality;
  private final Predictors predictors;
  private final boolean cached;

  /** The open predictors by the capacity of their cache. */
  private final Map<Integer, Predictor> open = new HashMap<>();

  private TextGenerator(WindowedTextModality modality, Predictors predictors, boolean cached) {
    this.modality = modality;
    this.predictors = predictors;
    this.cached = cached;
  }

  /**
   * Creates a generator for the model of a run, whose parameters are on its backend.
   *
   * @throws UserException if the run is not one of text, or its model cannot predict a single
   *     position
   */
  public static TextGenerator of(RunParts parts) {
    return of(parts, true);
  }

  /** Creates a generator that observes the whole window again for each token. */
  public static TextGenerator withoutCache(RunParts parts) {
    return of(parts, false);
  }

  private static TextGenerator of(RunParts parts, boolean cached) {
    if (parts.modality() instanceof WindowedTextModality text) {
      Predictors predictors = parts.predictors();
      if (predictors.canFocus()) {
        return new TextGenerator(text, predictors, cached);
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
   * Creates a generator.
   *
   * @param predictors of the model
   * @param cached whether a key/value cache is used if the model has one
   * @throws IllegalArgumentException if the model cannot predict a single position
   */
  public static TextGenerator of(
      WindowedTextModality modality, Predictors predictors, boolean cached) {
    if (!predictors.canFocus()) {
      throw new IllegalArgumentException("the model predicts no single position");
    }
    return new TextGenerator(modality, predictors, cached);
  }

  /** Returns the key in {@link #open} of a predictor with room for some tokens. */
  private int opened(int tokens) {
    int capacity = capacity(tokens);
    if (cached && !open.containsKey(capacity)) {
      predictors.cached(1, 1, capacity).ifPresent(predictor -> open.put(capacity, predictor));
    }
    if (open.containsKey(capacity)) {
      return capacity;
    }
    open.computeIfAbsent(UNCACHED, key -> predictors.focused(1, 1).orElseThrow());
    return UNCACHED;
  }

  private int capacity(int tokens) {
    int most = modality.length();
    int capacity = SMALLEST_CACHE;
    while (capacity < Math.min(tokens, most)) {
      capacity *= 2;
    }
    return Math.min(capacity, most);
  }

  /**
   * Options of thinking and sampling.
   *
   * @param steps thinking steps per token, at least 1; 0 for a model that predicts directly
   * @param tolerance thinking about a token ends once its energy changes by less; 0 disables this
   * @param candidates number of candidates optimized per token, of which one is selected, by
   *     default that of the lowest energy
   * @param window what happens when the text is longer than the window
   * @param energies whether the energy of the chosen candidate is computed, which is one evaluation
   *     more unless candidates are selected by it
   */
  public record GenerationOptions(
      int steps,
      double tolerance,
      TokenSampling sampling,
      int candidates,
      FullWindow window,
      boolean energies) {
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
      return new GenerationOptions(steps, tolerance, sampling, candidates, window, false);
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
   * @param likely the likeliest tokens of the final candidate; none without {@link
   *     GenerationOptions#energies}
   * @param candidates all candidates for the token, of which one was selected; none without {@link
   *     GenerationOptions#energies}
   */
  public record GeneratedToken(
      int token,
      List<Double> energies,
      double probability,
      List<LikelyToken> likely,
      List<TokenCandidate> candidates) {}

  /**
   * A candidate for a token.
   *
   * @param energies its energies before the first step and after each step
   * @param likeliest its likeliest token
   * @param selected whether the token was sampled from it
   */
  public record TokenCandidate(List<Double> energies, int likeliest, boolean selected) {}

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
    if (count < 0 || count > MOST_TOKENS) {
      throw new UserException("count is " + count + "; 0 to " + MOST_TOKENS + " expected");
    }
    int[] text = prompt.length == 0 ? new int[] {begin()} : prompt;
    int start = text.length;
    // The last token is generated, but not observed.
    int observed = Math.max(start, start + count - 1);
    int capacity = opened(observed);
    Predictor predictor = open.get(capacity);
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
    predictor.forget(); // The parameters may be others than at the last text.
    text = Arrays.copyOf(text, start + count);
    List<GeneratedToken> chosen = new ArrayList<>();
    int length = modality.length();
    for (int i = start; i < text.length && !options.window().ends(start, i, length); i++) {
      observe(
          predictor,
          capacity == UNCACHED ? length : capacity,
          text,
          options.window().first(start, i, length),
          i);
      GeneratedToken next = next(predictor, text, start - prompt.length, i, options);
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

  /** Observes the tokens from {@code from} to before {@code end}, of which the last predicts. */
  private static void observe(Predictor predictor, int room, int[] text, int from, int end) {
    long[] window = new long[room];
    for (int i = from; i < end; i++) {
      window[i - from] = text[i];
    }
    predictor.observe(Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(1, room), window)));
    predictor.focus(Array.of(Shape.of(1, 1), new long[] {end - from - 1}));
  }

  /** Returns the token that follows those from {@code first} to before {@code end}. */
  private static GeneratedToken next(
      Predictor predictor, int[] text, int first, int end, GenerationOptions options) {
    long seed = options.sampling().seed() + end;
    List<TokenOutput> outputs = new ArrayList<>();
    SelfVerification choice = new SelfVerification();
    for (int i = 0; i < options.candidates(); i++) {
      predictor.begin(SelfVerification.seed(seed, i));
      List<Double> energies = think(predictor, options);
      outputs.add(new TokenOutput(energies, predictor.candidate().floats()));
      choice.offer(score(predictor, energies, options.candidates()), Map.of());
    }
    int selected = choice.chosen()[0];
    TokenOutput best = outputs.get(selected);
    int token = options.sampling().choose(best.logits(), text, first, end);
    return new GeneratedToken(
        token,
        best.energies(),
        LikelyToken.probability(best.logits(), token),
        options.energies() ? LikelyToken.of(best.logits(), LIKELY) : List.of(),
        options.energies() ? candidates(outputs, selected) : List.of());
  }

  private static List<TokenCandidate> candidates(List<TokenOutput> outputs, int selected) {
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> outputs.get(i).candidate(i == selected))
        .toList();
  }

  /** Returns the score of the current candidate, by which one of several is selected. */
  private static Array score(Predictor predictor, List<Double> energies, int candidates) {
    if (candidates == 1) {
      return Array.scalar(0.0);
    }
    return predictor.selectsByEnergy()
        ? Array.scalar(energies.get(energies.size() - 1))
        : predictor.selectionScores();
  }

  private record TokenOutput(List<Double> energies, float[] logits) {
    TokenCandidate candidate(boolean selected) {
      return new TokenCandidate(energies, LikelyToken.of(logits, 1).get(0).token(), selected);
    }
  }

  private static List<Double> think(Predictor predictor, GenerationOptions options) {
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
    if (options.energies() || (options.candidates() > 1 && predictor.selectsByEnergy())) {
      energies.add(predictor.energy().item());
    }
    return energies;
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
    open.values().forEach(Predictor::close);
  }
}
