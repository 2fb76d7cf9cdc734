package dev.ebt.think;

import dev.ebt.tensor.Array;
import java.util.Map;

/**
 * A predictor of candidates for contexts: step by step ({@link Thinker}), by the reverse process of
 * a diffusion model, or in one pass ({@link DirectPredictor}).
 */
public interface Predictor extends AutoCloseable {
  /** Returns whether this has an energy, and thinking steps that lower it. */
  boolean thinks();

  /**
   * Returns whether candidates of different seeds differ after some steps: because their initial
   * values or something in the steps is random.
   */
  boolean candidatesDiffer();

  /**
   * Checks that a number of steps is possible.
   *
   * @throws dev.ebt.error.UserException if it is not
   */
  void check(int steps);

  /** Returns the number of network evaluations for a number of steps. */
  int evaluations(int steps);

  /** Sets the context: the features by name, each [rows, ...]. Prediction starts over. */
  void observe(Map<String, Array> features);

  /** Selects the positions of each row that a focused predictor predicts at, [rows, positions]. */
  void focus(Array positions);

  /** Initializes every candidate, with this seed where initial candidates are random. */
  void begin(long withSeed);

  /**
   * Takes one thinking step: see {@link Thinker#step(double, double)}.
   *
   * @throws IllegalStateException if this does not think
   */
  Thinker.Step step(double stepSizeScale, double tolerance);

  /**
   * Advances the candidates to a number of steps from their initial values: thinking steps, or
   * evaluations of a denoising network.
   *
   * @param steps no fewer than at the last call since {@link #begin}
   * @param tolerance of thinking: see {@link Thinker#step(double, double)}
   * @throws dev.ebt.error.UserException if that number of steps is not possible
   */
  void reach(int steps, double tolerance);

  /**
   * Returns the energy of the current candidates, [rows, predictions...].
   *
   * @throws IllegalStateException if this does not think
   */
  Array energy();

  /** Returns the current candidates, [rows, candidate...]. */
  Array candidate();

  /** Returns loss and metrics of the current candidates, by name, each [rows, predictions...]. */
  Map<String, Array> assess(String targetName, Array target);

  @Override
  void close();
}
