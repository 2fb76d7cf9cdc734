package dev.ebt.inference;

import dev.ebt.error.SettingException;
import java.time.Duration;
import java.util.LinkedHashSet;
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
      new Thinking(null, null, null, null, null, Decoding.DEFAULTS);

  private final @Nullable Integer steps;
  private final @Nullable Integer candidates;
  private final @Nullable Double tolerance;
  private final @Nullable Long seed;
  private final @Nullable Duration deadline;
  private final Decoding decoding;

  private Thinking(
      @Nullable Integer steps,
      @Nullable Integer candidates,
      @Nullable Double tolerance,
      @Nullable Long seed,
      @Nullable Duration deadline,
      Decoding decoding) {
    this.steps = steps;
    this.candidates = candidates;
    this.tolerance = tolerance;
    this.seed = seed;
    this.deadline = deadline;
    this.decoding = decoding;
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
    return new Thinking(steps, null, null, null, null, Decoding.DEFAULTS);
  }

  /** Returns these options with a number of candidates per prediction, of which one is selected. */
  public Thinking candidates(int number) {
    check(
        "candidates", number, number >= 1 && number <= MOST_CANDIDATES, "1 to " + MOST_CANDIDATES);
    return new Thinking(steps, number, tolerance, seed, deadline, decoding);
  }

  /**
   * Returns these options, by which thinking about a prediction ends once its energy changes by
   * less.
   */
  public Thinking tolerance(double energy) {
    check("tolerance", energy, energy >= 0 && energy < Double.POSITIVE_INFINITY, "0 or more");
    return new Thinking(steps, candidates, energy, seed, deadline, decoding);
  }

  /** Returns these options with a seed of everything random; equal calls have equal results (1). */
  public Thinking seed(long value) {
    return new Thinking(steps, candidates, tolerance, value, deadline, decoding);
  }

  /**
   * Returns these options with a time from the call on, waiting included, after which the call ends
   * with a {@link DeadlineExceededException}. It is checked between units of work; see {@link
   * EbtModel}.
   */
  public Thinking deadline(Duration time) {
    check("deadline", time, !time.isNegative() && !time.isZero(), "a positive duration");
    return new Thinking(steps, candidates, tolerance, seed, time, decoding);
  }

  /** Returns these options with other options of decoding. */
  public Thinking decoding(Decoding other) {
    return new Thinking(steps, candidates, tolerance, seed, deadline, other);
  }

  /** Returns these options with the greatest number of tokens to generate; for text. */
  public Thinking maxTokens(int number) {
    return decoding(decoding.maxTokens(number));
  }

  /** Returns these options with a temperature of sampling, 0 for the likeliest token; for text. */
  public Thinking temperature(double value) {
    return decoding(decoding.temperature(value));
  }

  /** Returns these options with the number of likeliest tokens to sample from; for text. */
  public Thinking topK(int number) {
    return decoding(decoding.topK(number));
  }

  /** Returns these options with the probability of the tokens to sample from; for text. */
  public Thinking topP(double probability) {
    return decoding(decoding.topP(probability));
  }

  /**
   * Returns these options with the least probability, relative to that of the likeliest token, of a
   * token to sample; for text.
   */
  public Thinking minP(double share) {
    return decoding(decoding.minP(share));
  }

  /** Returns these options with the divisor of logits of tokens that the text has; for text. */
  public Thinking repetitionPenalty(double divisor) {
    return decoding(decoding.repetitionPenalty(divisor));
  }

  /** Returns these options with strings before which the answer ends; for text. */
  public Thinking stop(String... strings) {
    return decoding(decoding.stop(strings));
  }

  /**
   * Returns these options with an answer that goes on after an end-of-text token, so that it has as
   * many tokens as are asked for; for text.
   */
  public Thinking ignoreEnd() {
    return decoding(decoding.ignoringEnd());
  }

  /**
   * Returns these options with a prompt of which only the end is seen if it is too long; for text.
   */
  public Thinking truncatePrompt() {
    return decoding(decoding.truncatingPrompt());
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
