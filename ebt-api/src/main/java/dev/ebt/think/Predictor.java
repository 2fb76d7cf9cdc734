package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * Makes candidates for contexts: step by step as a {@link Thinker}, backwards in time as a
 * diffusion model does, or at once as a {@link DirectPredictor}.
 */
public interface Predictor extends AutoCloseable {
  /** Whether there is an energy, and steps to take in it. */
  boolean thinks();

  /**
   * Returns whether candidates of different seeds differ after some steps: their starts are drawn,
   * or something on the way is.
   */
  boolean candidatesDiffer();

  /**
   * Makes sure that so many steps can be taken.
   *
   * @throws dev.ebt.error.UserException if they cannot
   */
  void check(int steps);

  /** How often the network is evaluated for so many steps. */
  int evaluations(int steps);

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
   * Brings the candidates to where so many steps from their start lead: of thinking, or evaluations
   * of a network that takes noise out of them.
   *
   * @param steps no fewer than at the last call since {@link #begin}
   * @param tolerance of thinking: see {@link Thinker#step(double, double)}
   * @throws dev.ebt.error.UserException if so many cannot be taken
   */
  void reach(int steps, double tolerance);

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
