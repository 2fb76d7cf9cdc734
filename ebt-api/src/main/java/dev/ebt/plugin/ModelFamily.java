package dev.ebt.plugin;

import dev.ebt.energy.Model;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.DefaultStepCounts;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.predict.TargetScores;
import java.util.List;
import java.util.Optional;

/**
 * The knowledge of how models of one type are used: how they predict, in how many steps, and which
 * settings suit them. Everything above the models uses them through their family, so that a plugin
 * may bring models of a type of its own. The family of a model is the one with the most specific
 * {@link #type}.
 */
public interface ModelFamily {
  /** Returns a short name for messages and listings, such as {@code energy}. */
  String name();

  /** Returns a one-line description of the models. */
  String summary();

  /** Returns the type that the models of this family implement. */
  Class<? extends Model> type();

  /**
   * Returns the name of the default training objective; empty if a configuration has to name one.
   */
  default Optional<String> usualObjective() {
    return Optional.empty();
  }

  /**
   * Returns whether the models have an energy, which thinking steps lower. If not, settings of
   * thinking have no effect, and candidates cannot be selected by their energies.
   */
  default boolean thinks() {
    return false;
  }

  /**
   * Returns whether the energies of one candidate at different steps can be compared, unlike those
   * of a model with an energy function of its own for each step. True unless overridden.
   */
  default boolean energiesAreComparable(ConfiguredModel setup) {
    return true;
  }

  /** Returns the source of the predictors of a run. */
  Predictors predictors(ConfiguredModel setup);

  /**
   * Returns the energies of given targets of a run, for a number of rows, which the caller closes;
   * empty if its model has no energy of a given target.
   */
  default Optional<TargetEnergies> targetEnergies(ConfiguredModel setup, int rows) {
    return Optional.empty();
  }

  /**
   * Returns scores of given targets that tell other data from that of training, for a number of
   * rows, which the caller closes; empty for a model without any.
   *
   * @throws dev.ebt.error.UserException if the targets are discrete
   */
  default Optional<TargetScores> targetScores(ConfiguredModel setup, int rows) {
    return Optional.empty();
  }

  /** Returns the default numbers of steps; none unless overridden. */
  default DefaultStepCounts stepCounts(ConfiguredModel setup) {
    return DefaultStepCounts.none();
  }

  /**
   * Returns the parameters that a predictor reads. Those that the objective does not use keep their
   * initial values during training. None unless overridden, which is right where every objective
   * uses all of them.
   */
  default List<ParameterSpec> parameters(ConfiguredModel setup) {
    return List.of();
  }

  /**
   * Checks that a model can be evaluated with compute budgets, before anything is computed.
   *
   * @throws dev.ebt.error.UserException if it has no such steps, or if candidates cannot be
   *     selected
   */
  default void check(ConfiguredModel setup, ComputeBudgets budgets) {
    budgets.checkCandidates(thinks());
    try (Predictor predictor = predictors(setup).of(1)) {
      budgets.steps().forEach(predictor::check);
    }
  }

  /**
   * Checks the settings of a training across parts: combinations that would run and cost time, but
   * have no effect or not the stated one.
   *
   * @throws dev.ebt.error.UserException naming the settings, the reason, and the fix
   */
  default void checkTraining(ConfiguredModel setup) {}

  /**
   * Checks the settings of predicting across parts, of a trained model whose configuration may have
   * been overridden.
   *
   * @throws dev.ebt.error.UserException naming the settings, the reason, and the fix
   */
  default void checkPrediction(ConfiguredModel setup) {}
}
