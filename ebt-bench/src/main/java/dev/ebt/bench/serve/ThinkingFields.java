package dev.ebt.bench.serve;

import dev.ebt.inference.Thinking;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** The fields of a request that say how to think and to sample, with the defaults of OpenAI. */
final class ThinkingFields {
  private static final int TOKENS = 16;
  private static final double TEMPERATURE = 1;
  private static final int MOST_STOPS = 16;
  private static final double HOTTEST = 100;

  private final RequestFields fields;
  private final ServerLimits limits;

  ThinkingFields(RequestFields fields, ServerLimits limits) {
    this.fields = fields;
    this.limits = limits;
  }

  /** Reads options of a text, with the deadline of the server. */
  Thinking read() {
    return decoding(readThinking(Thinking.defaults()));
  }

  /**
   * Reads options of a text that may limit the evaluations of the whole answer. Each token then
   * takes at most the server's number of steps.
   */
  Thinking readWithBudget() {
    OptionalInt evaluations = fields.integer("evaluations", 1, Integer.MAX_VALUE);
    return evaluations.isPresent()
        ? decoding(readThinking(Thinking.steps(limits.steps()))).evaluations(evaluations.getAsInt())
        : read();
  }

  /** Reads options of any modality, with the deadline of the server. */
  Thinking readGeneral() {
    return readThinking(Thinking.defaults()).seed(seed(true));
  }

  private Thinking readThinking(Thinking usual) {
    OptionalInt steps = fields.integer("steps", 0, limits.steps());
    Thinking thinking =
        (steps.isPresent() ? Thinking.steps(steps.getAsInt()) : usual).deadline(limits.time());
    OptionalInt candidates = fields.integer("candidates", 1, limits.candidates());
    if (candidates.isPresent()) {
      thinking = thinking.candidates(candidates.getAsInt());
    }
    OptionalDouble tolerance = fields.number("tolerance", 0, Double.MAX_VALUE);
    if (tolerance.isPresent()) {
      thinking = thinking.tolerance(tolerance.getAsDouble());
    }
    return thinking;
  }

  private Thinking decoding(Thinking usual) {
    double temperature = fields.number("temperature", 0, HOTTEST).orElse(TEMPERATURE);
    Thinking thinking =
        sampling(usual, temperature > 0)
            .seed(seed(temperature > 0))
            .truncatePrompt() // Which prompts are too long is a limit of the server.
            .maxTokens(fields.integer("max_tokens", 0, limits.tokens()).orElse(TOKENS))
            .temperature(temperature);
    OptionalDouble penalty = fields.number("repetition_penalty", 0, HOTTEST);
    if (penalty.isPresent()) {
      thinking = thinking.repetitionPenalty(penalty.getAsDouble());
    }
    if (fields.truth("ignore_eos")) {
      thinking = thinking.ignoreEnd();
    }
    List<String> stops = fields.texts("stop", MOST_STOPS);
    if (stops.contains("")) {
      throw ApiException.unsuitable("stop", "stop has an empty string");
    }
    return stops.isEmpty() ? thinking : thinking.stop(stops.toArray(String[]::new));
  }

  /**
   * Reads the seed. Without one, answers that are drawn differ from request to request, and others
   * are the same, although thinking begins at random.
   */
  private long seed(boolean draws) {
    return fields
        .longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE)
        .orElseGet(
            () -> draws ? ThreadLocalRandom.current().nextLong() : Thinking.defaults().seed());
  }

  /**
   * Reads which tokens are sampled from.
   *
   * @param draws whether a token is drawn; the likeliest one is among those that any value leaves
   */
  private Thinking sampling(Thinking usual, boolean draws) {
    Thinking thinking = usual;
    OptionalInt topK = fields.integer("top_k", 0, Integer.MAX_VALUE);
    if (draws && topK.isPresent()) {
      thinking = thinking.topK(topK.getAsInt());
    }
    OptionalDouble topP = fields.number("top_p", 0, 1);
    if (draws && topP.isPresent()) {
      thinking = thinking.topP(topP.getAsDouble());
    }
    OptionalDouble minP = fields.number("min_p", 0, 1);
    return draws && minP.isPresent() ? thinking.minP(minP.getAsDouble()) : thinking;
  }
}
