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

  /** Returns a builder with these values. */
  public Builder toBuilder() {
    return new Builder(this);
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

  /** A builder of options, beginning with given ones; null is the default of the modality. */
  public static final class Builder {
    private @Nullable Integer maxTokens;
    private @Nullable Double temperature;
    private @Nullable Integer topK;
    private @Nullable Double topP;
    private @Nullable Double minP;
    private @Nullable Double repetitionPenalty;
    private @Nullable List<String> stop;
    private @Nullable Boolean ignoreEnd;
    private @Nullable Boolean truncatePrompt;
    private @Nullable Integer evaluations;

    private Builder(Decoding from) {
      this.maxTokens = from.maxTokens;
      this.temperature = from.temperature;
      this.topK = from.topK;
      this.topP = from.topP;
      this.minP = from.minP;
      this.repetitionPenalty = from.repetitionPenalty;
      this.stop = from.stop;
      this.ignoreEnd = from.ignoreEnd;
      this.truncatePrompt = from.truncatePrompt;
      this.evaluations = from.evaluations;
    }

    /** Sets the greatest number of elements to generate. */
    public Builder maxTokens(@Nullable Integer value) {
      this.maxTokens = value;
      return this;
    }

    /** Sets the divisor of logits. */
    public Builder temperature(@Nullable Double value) {
      this.temperature = value;
      return this;
    }

    /** Sets the number of likeliest elements to sample from. */
    public Builder topK(@Nullable Integer value) {
      this.topK = value;
      return this;
    }

    /** Sets the probability of the likeliest elements to sample from. */
    public Builder topP(@Nullable Double value) {
      this.topP = value;
      return this;
    }

    /** Sets the least relative probability of an element. */
    public Builder minP(@Nullable Double value) {
      this.minP = value;
      return this;
    }

    /** Sets the divisor of the logits of elements that there are already. */
    public Builder repetitionPenalty(@Nullable Double value) {
      this.repetitionPenalty = value;
      return this;
    }

    /** Sets the strings before which the answer ends. */
    public Builder stop(@Nullable List<String> value) {
      this.stop = value;
      return this;
    }

    /** Sets whether generation goes on after an element that ends the answer. */
    public Builder ignoreEnd(@Nullable Boolean value) {
      this.ignoreEnd = value;
      return this;
    }

    /** Sets whether the beginning of a too long input is left out. */
    public Builder truncatePrompt(@Nullable Boolean value) {
      this.truncatePrompt = value;
      return this;
    }

    /** Sets the most evaluations of the network. */
    public Builder evaluations(@Nullable Integer value) {
      this.evaluations = value;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws dev.ebt.error.SettingException if no modality accepts a number
     */
    public Decoding build() {
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
          evaluations);
    }
  }
}
