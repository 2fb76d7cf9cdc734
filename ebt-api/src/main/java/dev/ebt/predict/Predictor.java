package dev.ebt.predict;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A predictor of candidates for contexts, of a fixed number of rows: step by step, by the reverse
 * process of a diffusion model, or in one pass.
 */
public interface Predictor extends AutoCloseable {
  /** Returns whether this has an energy, and thinking steps that lower it. */
  default boolean thinks() {
    return false;
  }

  /**
   * Returns whether candidates of different seeds differ after some steps: because their initial
   * values or something in the steps is random.
   */
  default boolean candidatesDiffer() {
    return false;
  }

  /**
   * Returns whether a candidate is displaced from what thinking made of those before it in its
   * context, as by {@code thinking.repel}. Candidates that are not to displace each other, such as
   * those after different numbers of steps, then need {@link #observe} before each.
   */
  default boolean candidatesRepel() {
    return false;
  }

  /**
   * Checks that a number of steps is possible.
   *
   * @throws dev.ebt.error.UserException if it is not
   */
  void check(int steps);

  /**
   * Returns the least number of steps above 0 that is possible: more than 1 for a sampler that
   * accepts or rejects several steps at once.
   */
  default int leastSteps() {
    return 1;
  }

  /** Returns the number of network evaluations for a number of steps. */
  int evaluations(int steps);

  /** Sets the context: the features by name, each [rows, ...]. Prediction starts over. */
  void observe(Map<String, Array> features);

  /**
   * Discards what a predictor with a key/value cache has kept of earlier contexts. Necessary when
   * the parameters of the model have changed.
   */
  default void forget() {}

  /** Selects the positions of each row that a focused predictor predicts at, [rows, positions]. */
  default void focus(Array positions) {
    throw new IllegalStateException("this predictor has no positions to choose from");
  }

  /**
   * Holds elements of candidates at given values, from the next {@link #begin} on and for all
   * further contexts: they have exactly these values before and after every step.
   *
   * @throws IllegalStateException if this is not a predictor of {@link Predictors#holding}
   */
  default void hold(FixedElements elements) {
    throw new IllegalStateException("this predictor can hold no elements fixed");
  }

  /** Initializes every candidate, with this seed where initial candidates are random. */
  void begin(long withSeed);

  /**
   * Initializes every candidate with a seed of its own. Whatever is random about a prediction, also
   * in later steps, then depends on its seed only and not on the batch: it is as after {@link
   * #begin(long)} of a predictor of that prediction alone.
   *
   * @param seeds whole numbers, [rows, positions]; [rows] for a predictor of whole rows, see {@link
   *     #seedsEachRow}
   * @throws IllegalStateException if this predictor draws random numbers for all predictions
   *     together
   */
  default void beginEach(Array seeds) {
    if (candidatesDiffer()) {
      throw new IllegalStateException("this predictor has one seed for all predictions");
    }
    begin(0);
  }

  /**
   * Returns whether {@link #beginEach} gives each row a seed, so that requests can be rows of one
   * batch: as a predictor of {@link Predictors#holding} does.
   */
  default boolean seedsEachRow() {
    return false;
  }

  /**
   * Initializes every candidate as {@link #beginEach} does, and takes thinking steps until a budget
   * is used or no prediction continues.
   *
   * @param seeds whole numbers, [rows, positions]
   * @param steps the greatest number of steps
   * @param tolerance as for {@link #step}
   * @param finalEnergy whether the energy of the final candidates is computed
   * @return what happened; nothing if this does not think
   */
  default ThinkingTrace think(Array seeds, int steps, double tolerance, boolean finalEnergy) {
    beginEach(seeds);
    if (!thinks()) {
      return ThinkingTrace.none();
    }
    List<StepResult> taken = new ArrayList<>();
    while (taken.size() < steps
        && (taken.isEmpty() || taken.get(taken.size() - 1).remaining() > 0)) {
      taken.add(step(stepSizeScale(steps), tolerance));
    }
    return new ThinkingTrace(taken, finalEnergy ? Optional.of(energy()) : Optional.empty());
  }

  /**
   * Takes over what another predictor of the same model and capacity has observed, where both have
   * a key/value cache: the cache of some rows is copied. Otherwise nothing happens, and the rows
   * are observed again.
   *
   * @param from whose rows are copied; it keeps them
   * @param sources numbers of its rows
   * @param targets the row of this predictor for each of them, all distinct
   */
  default void takeObservations(Predictor from, int[] sources, int[] targets) {}

  /**
   * Takes over predictions that another predictor of the same model is thinking about: their
   * candidates and the whole state of their thinking, so that the next step is theirs.
   *
   * @param from another predictor, of any size, with as many steps taken for these predictions
   * @param sources indices among the predictions of all its rows
   * @param targets indices among the predictions of all rows of this one, all distinct
   * @return false, and nothing happened, if that is not possible
   */
  default boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    return false;
  }

  /** Returns whether a rule of the model stops thinking about each prediction by itself. */
  default boolean stopsEarly() {
    return false;
  }

  /**
   * Treats steps up to a number as taken, without updating any prediction: the energy is then in
   * the landscape of the last of them.
   */
  default void endThinking(int steps) {
    reach(steps, Double.MAX_VALUE);
  }

  /**
   * Returns the factor on α of each step of a trajectory of a number of steps, for {@link #step}.
   */
  default double stepSizeScale(int steps) {
    return 1;
  }

  /**
   * Returns whether {@link #reach} goes on from a smaller number of steps. Otherwise every number
   * has a trajectory of its own, which {@link #reach} takes from the initial candidates on.
   */
  default boolean continues() {
    return thinks();
  }

  /**
   * Takes one thinking step.
   *
   * @param stepSizeScale factor on α; see {@link #stepSizeScale} if the number of steps is known
   * @param tolerance the change of energy up to which a prediction counts as settled and is not
   *     updated any more; 0 updates all
   * @throws IllegalStateException if this does not think
   */
  default StepResult step(double stepSizeScale, double tolerance) {
    throw new IllegalStateException("this predictor does not think");
  }

  /**
   * Advances the candidates to a number of steps from their initial values: thinking steps, or
   * evaluations of a denoising network.
   *
   * @param steps no fewer than at the last call since {@link #begin}
   * @param tolerance of thinking: see {@link #step(double, double)}
   * @throws dev.ebt.error.UserException if that number of steps is not possible
   */
  void reach(int steps, double tolerance);

  /**
   * Returns the energy of the current candidates, [rows, predictions...].
   *
   * @throws IllegalStateException if this does not think
   */
  default Array energy() {
    throw new IllegalStateException("this predictor has no energy");
  }

  /** Returns whether candidates are selected by their energy, the lowest, and by nothing else. */
  default boolean selectsByEnergy() {
    return true;
  }

  /**
   * Returns the scores of the current candidates, [rows, predictions...]: among several the one of
   * the lowest score is selected.
   *
   * @throws IllegalStateException if this does not think
   */
  default Array selectionScores() {
    return energy();
  }

  /**
   * Returns the number of network evaluations that each prediction took since {@link #begin},
   * [rows, predictions...]; empty if it is the same for all: see {@link #evaluations}.
   */
  default Optional<Array> evaluationsUsed() {
    return Optional.empty();
  }

  /** Returns the current candidates, [rows, candidate...]. */
  Array candidate();

  /**
   * Returns the variable of the current candidates on the backend, [rows, candidate...], for
   * programs that read them there.
   */
  Variable candidates();

  /** Returns loss and metrics of the current candidates, by name, each [rows, predictions...]. */
  Map<String, Array> assess(String targetName, Array target);

  @Override
  void close();
}
