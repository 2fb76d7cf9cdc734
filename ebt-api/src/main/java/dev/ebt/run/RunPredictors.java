package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.think.PredictorWithMetrics;
import dev.ebt.think.Thinker;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The predictors of a run, which share what the first one compiles. */
final class RunPredictors {
  private final RunParts parts;
  private @Nullable Predictors predictors;

  RunPredictors(RunParts parts) {
    this.parts = parts;
  }

  /** Returns the source of predictors, without the metrics that the configuration names. */
  Predictors all() {
    Predictors all = predictors;
    if (all == null) {
      all = parts.family().predictors(parts.setup());
      predictors = all;
    }
    return all;
  }

  /** Uses another source from now on. */
  void replace(Predictors other) {
    predictors = other;
  }

  /** Discards what was derived from the modality, which has other fitted values now. */
  void discard() {
    predictors = null;
  }

  Predictor predictor(int rows) {
    return withMetrics(all().of(rows));
  }

  Thinker thinker(int rows) {
    if (parts.thinks()) {
      Predictor predictor = all().of(rows);
      if (predictor instanceof Thinker thinker) {
        return thinker;
      }
      predictor.close();
    }
    throw refusal("has no energy, so it cannot think");
  }

  Predictor holding(int rows) {
    return all()
        .holding(rows)
        .map(this::withMetrics)
        .orElseThrow(
            () -> refusal("cannot hold parts of a candidate fixed; models with an energy can"));
  }

  private Predictor withMetrics(Predictor predictor) {
    return PredictorWithMetrics.of(parts.backend(), predictor, parts.metrics());
  }

  private UserException refusal(String reason) {
    String model = parts.configuration().model().name();
    return new UserException(String.format(Locale.ROOT, "model '%s' %s", model, reason));
  }
}
