package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.interact.GivenAnswers.Answer;
import dev.ebt.modality.Batch;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.run.ConfigurationRules;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A ranking of given answers to one context by a trained model as a verifier, without thinking: by
 * their energies or, by a model that has none, by their log-likelihoods or losses.
 *
 * @param measure what answers are ranked by
 * @param answers the best one first; of equal ones the one that was given first
 */
public record Verification(Measure measure, List<Ranked> answers) {
  /** Copies the list. */
  public Verification {
    answers = List.copyOf(answers);
  }

  /** What answers are ranked by. */
  public enum Measure {
    /** The energy of the answer as a candidate, in the last landscape; the lowest is best. */
    ENERGY("energy", 1),
    /** The log-likelihood in nats; the highest is best. */
    LOG_LIKELIHOOD("logLikelihood", -1),
    /** The loss, of a modality whose loss is not in nats; the lowest is best. */
    LOSS("loss", 1);

    private final String label;
    private final int sign;

    Measure(String label, int sign) {
      this.label = label;
      this.sign = sign;
    }

    /** Returns the name in tables and JSON. */
    public String label() {
      return label;
    }
  }

  /** How the values of an answer's predictions become one number to rank by. */
  public enum Order {
    /** Their sum. */
    TOTAL(Ranked::total),
    /** Their mean, so that the number of predictions does not matter. */
    PREDICTION(Ranked::perPrediction),
    /** Their sum divided by the length, which does not depend on the encoding. */
    LENGTH(Ranked::perLength);

    private final ToDoubleFunction<Ranked> value;

    Order(ToDoubleFunction<Ranked> value) {
      this.value = value;
    }

    /** Returns the number to rank an answer by. */
    public double of(Ranked answer) {
      return value.applyAsDouble(answer);
    }
  }

  /**
   * An answer with its values.
   *
   * @param number its position among the given answers, from 1
   * @param values the energy, log-likelihood or loss of each of its predictions
   */
  public record Ranked(int number, Answer answer, List<Double> values) {
    /** Copies the list. */
    public Ranked {
      values = List.copyOf(values);
    }

    /** Returns the sum of the values. */
    public double total() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the mean value of a prediction. */
    public double perPrediction() {
      return total() / values.size();
    }

    /** Returns the sum of the values per unit of length. */
    public double perLength() {
      return total() / answer.length();
    }
  }

  /**
   * Ranks answers.
   *
   * @param rows the greatest number of rows to evaluate together
   * @throws UserException if the model has neither energies nor losses of given answers, or a
   *     setting of thinking steps is set by hand
   */
  public static Verification of(RunParts model, GivenAnswers given, Order order, int rows) {
    ConfigurationRules.checkNoSteps(model);
    return rank(model, given, order, rows);
  }

  /**
   * Ranks answers as {@link #of} does, where settings of thinking steps may have been set by hand
   * for something else than this ranking.
   *
   * @param rows the greatest number of rows to evaluate together
   * @throws UserException if the model has neither energies nor losses of given answers
   */
  public static Verification rank(RunParts model, GivenAnswers given, Order order, int rows) {
    int together = Math.min(rows, given.examples().size());
    Measure measure = measure(model);
    List<Double> values =
        switch (measure) {
          case ENERGY -> energies(model, given, together);
          case LOG_LIKELIHOOD ->
              losses(model, given, together).stream().map(loss -> 0.0 - loss).toList();
          case LOSS -> losses(model, given, together);
        };
    List<Ranked> ranked = new ArrayList<>();
    int begin = 0;
    for (Answer answer : given.answers()) {
      int end = begin + answer.predictions();
      ranked.add(new Ranked(ranked.size() + 1, answer, values.subList(begin, end)));
      begin = end;
    }
    if (begin != values.size()) {
      throw new IllegalArgumentException(
          "the answers have " + begin + " predictions, their examples " + values.size());
    }
    // NaN is last either way; sorting is stable.
    ranked.sort(Comparator.comparingDouble(answer -> measure.sign * order.of(answer) + 0.0));
    return new Verification(measure, ranked);
  }

  private static Measure measure(RunParts model) {
    if (model.thinks()) {
      return Measure.ENERGY;
    }
    String unit = model.modality().units().get("loss");
    return "nats".equals(unit) ? Measure.LOG_LIKELIHOOD : Measure.LOSS;
  }

  private static List<Double> energies(RunParts model, GivenAnswers given, int rows) {
    Optional<TargetEnergies> known = model.targetEnergies(rows);
    if (known.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "model '%s' has no energy of a given answer, so it cannot rank answers",
              model.configuration().model().name()));
    }
    try (TargetEnergies energies = known.get()) {
      return values(given, rows, batch -> energies.of(batch.context(), batch.target()));
    }
  }

  private static List<Double> losses(RunParts model, GivenAnswers given, int rows) {
    String target = model.modality().target().name();
    try (Predictor predictor = model.predictor(rows)) {
      predictor.check(0);
      return values(
          given,
          rows,
          batch -> {
            predictor.observe(batch.context());
            predictor.begin(model.configuration().seed());
            predictor.reach(0, 0);
            return predictor.assess(target, batch.target()).get("loss");
          });
    }
  }

  /** Returns the values of the predictions that count, in order. */
  private static List<Double> values(
      GivenAnswers given, int rows, Function<Batch, Array> evaluation) {
    List<Double> values = new ArrayList<>();
    int count = given.examples().size();
    for (int from = 0; from < count; from += rows) {
      int first = from;
      int filled = Math.min(rows, count - from);
      Batch batch =
          given
              .examples()
              .batch(IntStream.range(0, rows).map(i -> first + (i < filled ? i : 0)).toArray());
      Array found = evaluation.apply(batch);
      int perRow = batch.weight().shape().elements() / rows;
      for (int i = 0; i < filled * perRow; i++) {
        if (batch.weight().real(i) != 0) {
          values.add(found.real(i));
        }
      }
    }
    return values;
  }
}
