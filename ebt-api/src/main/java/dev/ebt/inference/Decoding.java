package dev.ebt.inference;

import static dev.ebt.inference.Thinking.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of models that generate an answer element by element, such as text token by token. Null
 * is the default of the modality.
 *
 * @param maxTokens the greatest number of elements to generate
 * @param temperature the divisor of logits; 0 takes the likeliest element
 * @param topK the number of likeliest elements to sample from; 0 is all
 * @param topP the probability of the likeliest elements to sample from
 * @param minP the least probability of an element, relative to that of the likeliest
 * @param repetitionPenalty the divisor of the logits of elements that there are already
 * @param stop strings before which the answer ends
 * @param ignoreEnd whether generation goes on after an element that ends the answer
 * @param truncatePrompt whether the beginning of an input that is longer than the model sees is
 *     left out; otherwise it is refused
 * @param evaluations the most evaluations of the network of all elements together
 */
public record Decoding(
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    @Nullable Integer topK,
    @Nullable Double topP,
    @Nullable Double minP,
    @Nullable Double repetitionPenalty,
    @Nullable List<String> stop,
    @Nullable Boolean ignoreEnd,
    @Nullable Boolean truncatePrompt,
    @Nullable Integer evaluations) {
  /** Options with every value at the default of the modality. */
  public static final Decoding DEFAULTS =
      new Decoding(null, null, null, null, null, null, null, null, null, null);

  /** The names of all options. */
  public static final Set<String> OPTIONS =
      Set.of(
          "maxTokens",
          "temperature",
          "topK",
          "topP",
          "minP",
          "repetitionPenalty",
          "stop",
          "ignoreEnd",
          "truncatePrompt",
          "evaluations");

  /** Rejects numbers that no modality accepts. */
  public Decoding {
    check("maxTokens", String.valueOf(maxTokens), maxTokens == null || maxTokens >= 0, "0 or more");
    check(
        "evaluations",
        String.valueOf(evaluations),
        evaluations == null || evaluations >= 1,
        "at least 1");
    stop = stop == null ? null : List.copyOf(stop);
    if (stop != null) {
      check("stop", stop, !stop.contains(""), "no empty string");
    }
  }

  /** Creates options whose answer may end, without a limit of evaluations. */
  public Decoding(
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      @Nullable Double minP,
      @Nullable Double repetitionPenalty,
      @Nullable List<String> stop,
      @Nullable Boolean truncatePrompt) {
    this(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        null,
        truncatePrompt,
        null);
  }

  Decoding maxTokens(int number) {
    return new Decoding(
        number,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding temperature(double value) {
    return new Decoding(
        maxTokens,
        value,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding topK(int number) {
    return new Decoding(
        maxTokens,
        temperature,
        number,
        topP,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding topP(double probability) {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        probability,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding minP(double share) {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        share,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding repetitionPenalty(double divisor) {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        divisor,
        stop,
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding stop(String... strings) {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        List.of(strings),
        ignoreEnd,
        truncatePrompt,
        evaluations);
  }

  Decoding ignoringEnd() {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        true,
        truncatePrompt,
        evaluations);
  }

  Decoding truncatingPrompt() {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        true,
        evaluations);
  }

  Decoding evaluations(int number) {
    return new Decoding(
        maxTokens,
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        stop,
        ignoreEnd,
        truncatePrompt,
        number);
  }

  /** Returns the names of the options that are set. */
  Set<String> given() {
    Set<String> given = new LinkedHashSet<>();
    Thinking.add(given, "maxTokens", maxTokens);
    Thinking.add(given, "temperature", temperature);
    Thinking.add(given, "topK", topK);
    Thinking.add(given, "topP", topP);
    Thinking.add(given, "minP", minP);
    Thinking.add(given, "repetitionPenalty", repetitionPenalty);
    Thinking.add(given, "stop", stop);
    Thinking.add(given, "ignoreEnd", ignoreEnd);
    Thinking.add(given, "truncatePrompt", truncatePrompt);
    Thinking.add(given, "evaluations", evaluations);
    return given;
  }
}
