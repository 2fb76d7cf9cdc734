package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Makes candidates for contexts: step by step as a {@link Thinker}, or at once as a {@link
 * DirectPredictor}.
 */
public interface Predictor extends AutoCloseable {
  /** Whether there is an energy, and steps to take in it; if not, 0 steps are all there are. */
  boolean thinks();

  /** Takes in a context: the features by name, each [rows, ...]. Prediction begins anew. */
  void observe(Map<String, Array> features);

  /** Chooses the positions that a focused predictor predicts at, [count]. */
  void focus(long... positions);

  /** Puts every candidate at its start, drawn with this seed where it is drawn. */
  void begin(long withSeed);

  /**
   * One step of thinking: see {@link Thinker#step(double, double)}.
   *
   * @throws IllegalStateException if this does not think
   */
  Thinker.Step step(double stepSizeScale, double tolerance);

  /**
   * The energy of the candidates as they are, [rows, predictions...].
   *
   * @throws IllegalStateException if this does not think
   */
  Array energy();

  /** The candidates as they are, [rows, candidate...]. */
  Array candidate();

  /** Loss and measures of the candidates as they are, by name, each [rows, predictions...]. */
  Map<String, Array> assess(String targetName, Array target);

  @Override
  void close();
}
