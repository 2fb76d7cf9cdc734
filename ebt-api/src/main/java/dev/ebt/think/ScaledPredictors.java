package dev.ebt.think;

import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import java.util.Optional;

/**
 * A source of predictors whose thinking steps have a factor on their step size.
 *
 * @param predictors the source of the predictors without it
 * @param scale the factor, positive
 */
public record ScaledPredictors(Predictors predictors, double scale) implements Predictors {
  @Override
  public Predictor of(int rows) {
    return scaled(predictors.of(rows));
  }

  @Override
  public Optional<Predictor> focused(int rows, int positions) {
    return predictors.focused(rows, positions).map(this::scaled);
  }

  @Override
  public boolean canFocus() {
    return predictors.canFocus();
  }

  @Override
  public Optional<Predictor> cached(int rows, int positions, int capacity) {
    return predictors.cached(rows, positions, capacity).map(this::scaled);
  }

  @Override
  public Optional<Predictor> holding(int rows) {
    return predictors.holding(rows).map(this::scaled);
  }

  private Predictor scaled(Predictor predictor) {
    return new ScaledPredictor(predictor, scale);
  }
}
