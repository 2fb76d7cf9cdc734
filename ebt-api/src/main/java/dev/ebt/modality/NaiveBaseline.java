package dev.ebt.modality;

/**
 * A prediction that takes no model, which a model has to beat to be of use.
 *
 * @param description what is done, for a sentence: "repeating the last frame"
 * @param figure the name of the figure that tells how good it is, one of the modality's own
 * @param value of that figure
 * @param higherIsBetter whether greater values of it are better
 */
public record NaiveBaseline(
    String description, String figure, double value, boolean higherIsBetter) {
  /** Returns whether a value of the figure is better than this one. */
  public boolean beatenBy(double other) {
    return higherIsBetter ? other > value : other < value;
  }
}
