package dev.ebt.modality;

/**
 * The result of a prediction without a model, which a useful model has to beat.
 *
 * @param description the method as a phrase: "repeating the last frame"
 * @param figure the name of the metric that it is compared by, one of the modality's
 * @param value the value of that metric
 * @param higherIsBetter whether higher values are better
 */
public record NaiveBaseline(
    String description, String figure, double value, boolean higherIsBetter) {
  /** Returns whether another value of the metric is better than this one. */
  public boolean beatenBy(double other) {
    return higherIsBetter ? other > value : other < value;
  }
}
