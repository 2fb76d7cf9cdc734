package dev.ebt.energy;

/**
 * Model settings with a default learning rate, which a run uses unless its configuration sets one.
 * It depends on resolved sizes only, never on the name of a recipe or of a size, so that compared
 * models of one architecture are trained at the same rate.
 */
public interface DefaultLearningRate {
  /** Returns the peak learning rate. */
  double suitableRate();
}
