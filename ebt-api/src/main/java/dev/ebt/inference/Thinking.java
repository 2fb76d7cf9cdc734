package dev.ebt.inference;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.SettingException;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable options of one call: how much to think, and for how long. Options that are not set have
 * their defaults. An option that the modality or model does not use is refused, not ignored.
 *
 * <pre>{@code
 * Thinking.steps(4).candidates(5).maxTokens(80).deadline(Duration.ofSeconds(2))
 * }</pre>
 */
public final class Thinking {
  /** The greatest number of steps. */
  public static final int MOST_STEPS = 100_000;

  /** The greatest number of candidates per prediction. */
  public static final int MOST_CANDIDATES = 100_000;

  private static final Thinking DEFAULTS =
      new Thinking(null, null, null, null, null, Decoding.DEFAULTS, ThinkingVariation.NONE);

  private final @Nullable Integer steps;
  private final @Nullable Integer candidates;
  private final @Nullable Double tolerance;
  private final @Nullable Long seed;
  private final @Nullable Duration deadline;
  private final Decoding decoding;
  private final ThinkingVariation variation;

  private Thinking(
      @Nullable Integer steps,
      @Nullable Integer candidates,
      @Nullable Double tolerance,
      @Nullable Long seed,
      @Nullable Duration deadline,
      Decoding decoding,
      ThinkingVariation variation) {
    this.steps = steps;
    this.candidates = candidates;
    this.tolerance = tolerance;
    this.seed = seed;
    this.deadline = deadline;
    this.decoding = decoding;
    this.variation = variation;
  }

  /** Returns options with every value at its default. */
  public static Thinking defaults() {
    return DEFAULTS;
  }

  /**
   * Returns options with a number of thinking steps per prediction, or of network evaluations of a
   * diffusion model; 0 for a model that predicts directly. The default is that of training.
   */
  public static Thinking steps(int steps) {
    check("steps", steps, steps >= 0 && steps <= MOST_STEPS, "0 to " + MOST_STEPS);
    return new Thinking(steps, null, null, null, null, Decoding.DEFAULTS, ThinkingVariation.NONE);
  }

  /** Returns these options with a number of candidates per prediction, of which one is selected. */
  public Thinking candidates(int number) {
    check(
        "candidates", number, number >= 1 && number <= MOST_CANDIDATES, "1 to " + MOST_CANDIDATES);
    return new Thinking(steps, number, tolerance, seed, deadline, decoding, variation);
  }

  /**
   * Returns these options, by which thinking about a prediction ends once its energy changes by
   * less.
   */
  public Thinking tolerance(double energy) {
    check("tolerance", energy, energy >= 0 && energy < Double.POSITIVE_INFINITY, "0 or more");
    return new Thinking(steps, candidates, energy, seed, deadline, decoding, variation);
  }

  /** Returns these options with a seed of everything random; equal calls have equal results (1). */
  public Thinking seed(long value) {
    return new Thinking(steps, candidates, tolerance, value, deadline, decoding, variation);
  }

  /**
   * Returns these options with a time from the call on, waiting included, after which the call ends
   * with a {@link DeadlineExceededException}. It is checked between units of work; see {@link
   * EbtModel}.
   */
  public Thinking deadline(Duration time) {
    check("deadline", time, !time.isNegative() && !time.isZero(), "a positive duration");
    return new Thinking(steps, candidates, tolerance, seed, time, decoding, variation);
  }

  /** Returns these options with other options of decoding. */
  public Thinking decoding(Decoding other) {
    return new Thinking(steps, candidates, tolerance, seed, deadline, other, variation);
  }

  /** Returns these options with the greatest number of tokens to generate; for text. */
  public Thinking maxTokens(int number) {
    return decoding(decoding.toBuilder().maxTokens(number).build());
  }

  /** Returns these options with a temperature of sampling, 0 for the likeliest token; for text. */
  public Thinking temperature(double value) {
    return decoding(decoding.toBuilder().temperature(value).build());
  }

  /** Returns these options with the number of likeliest tokens to sample from; for text. */
  public Thinking topK(int number) {
    return decoding(decoding.toBuilder().topK(number).build());
  }

  /** Returns these options with the probability of the tokens to sample from; for text. */
  public Thinking topP(double probability) {
    return decoding(decoding.toBuilder().topP(probability).build());
  }

  /**
   * Returns these options with the least probability, relative to that of the likeliest token, of a
   * token to sample; for text.
   */
  public Thinking minP(double share) {
    return decoding(decoding.toBuilder().minP(share).build());
  }

  /** Returns these options with the divisor of logits of tokens that the text has; for text. */
  public Thinking repetitionPenalty(double divisor) {
    return decoding(decoding.toBuilder().repetitionPenalty(divisor).build());
  }

  /** Returns these options with strings before which the answer ends; for text. */
  public Thinking stop(String... strings) {
    return decoding(decoding.toBuilder().stop(List.of(strings)).build());
  }

  /**
   * Returns these options with an answer that goes on after an end-of-text token, so that it has as
   * many tokens as are asked for; for text.
   */
  public Thinking ignoreEnd() {
    return decoding(decoding.toBuilder().ignoreEnd(true).build());
  }

  /**
   * Returns these options with a prompt of which only the end is seen if it is too long; for text.
   */
  public Thinking truncatePrompt() {
    return decoding(decoding.toBuilder().truncatePrompt(true).build());
  }

  /**
   * Returns these options with the most evaluations of the network of the whole answer, of all
   * candidates and tokens together; for text. Each token is thought about until its energy settles
   * (by the stopping rule of the model, the tolerance of the call, or else a tolerance of 0.01) and
   * leaves what it does not use to later ones; one step is kept for each of {@link #maxTokens}.
   * {@link #steps} is then the greatest number per token, by default four even shares of what is
   * left.
   */
  public Thinking evaluations(int most) {
    return decoding(decoding.toBuilder().evaluations(most).build());
  }

  /**
   * Returns these options with a factor on the model's step size. Calls of different factors are
   * not computed together.
   */
  public Thinking stepSizeScale(double factor) {
    check("stepSizeScale", factor, factor > 0 && factor < Double.POSITIVE_INFINITY, "more than 0");
    return varied(variation.stepSizeScale(factor));
  }

  /**
   * Returns these options with a rule that ends thinking about a prediction, in place of that of
   * the model, such as {@link dev.ebt.stop.GradientSmall}. Its programs are compiled by the first
   * call with it, or with an equal one, and stay until the model is closed.
   */
  public Thinking stoppingRule(StoppingRule rule) {
    return varied(variation.stoppingRule(rule));
  }

  /**
   * Returns these options with a selection among several candidates, in place of that of the model.
   * Its programs are compiled as those of a stopping rule.
   */
  public Thinking selection(Selection selection) {
    return varied(variation.selection(selection));
  }

  /**
   * Returns these options with a repulsion between several candidates, in place of that of the
   * model. Its programs are compiled as those of a stopping rule.
   */
  public Thinking repulsion(Repulsion repulsion) {
    return varied(variation.repulsion(repulsion));
  }

  /**
   * Returns these options with a term that is added to the energy of the model, and to the terms
   * before it. Its programs are compiled as those of a stopping rule, so a program uses one term
   * object for all calls.
   *
   * @param weight the factor on the term's energy, relative to the energy of the model
   */
  public Thinking energy(EnergyTerm term, double weight) {
    check("weight", weight, Double.isFinite(weight), "a finite number");
    return varied(variation.energy(term, weight));
  }

  private Thinking varied(ThinkingVariation other) {
    return new Thinking(steps, candidates, tolerance, seed, deadline, decoding, other);
  }

  /** Returns what these options change about the thinking of the model itself. */
  ThinkingVariation variation() {
    return variation;
  }

  /** Returns the number of steps; empty for that of training. */
  public OptionalInt steps() {
    return steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
  }

  /** Returns the number of candidates per prediction. */
  public int candidates() {
    return candidates == null ? 1 : candidates;
  }

  /** Returns the change of energy below which thinking ends; 0 disables this. */
  public double tolerance() {
    return tolerance == null ? 0 : tolerance;
  }

  /** Returns the seed. */
  public long seed() {
    return seed == null ? 1 : seed;
  }

  /** Returns the time that a call has. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** Returns the options of models that generate element by element. */
  public Decoding decoding() {
    return decoding;
  }

  /** Returns the names of the options that are set, in no particular order. */
  public Set<String> given() {
    Set<String> given = new LinkedHashSet<>(decoding.given());
    given.addAll(variation.given());
    add(given, "steps", steps);
    add(given, "candidates", candidates);
    add(given, "tolerance", tolerance);
    add(given, "seed", seed);
    add(given, "deadline", deadline);
    return given;
  }

  static void add(Set<String> given, String name, @Nullable Object value) {
    if (value != null) {
      given.add(name);
    }
  }

  static void check(String option, Object value, boolean suitable, String expected) {
    if (!suitable) {
      throw SettingException.of(option, value, expected);
    }
  }
}
