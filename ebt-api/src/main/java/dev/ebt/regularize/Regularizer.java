package dev.ebt.regularize;

import dev.ebt.modality.Modality;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A set of hooks into thinking that shape the energy landscape during training. Every method
 * defaults to no effect. Regularizers compose in configuration order: each receives the result of
 * the previous one. They are off in evaluation unless {@link #inEvaluation} returns true.
 */
public interface Regularizer {
  /** Returns whether this also applies when a trained model is evaluated or used. */
  default boolean inEvaluation() {
    return false;
  }

  /**
   * Returns the modified step plan; called on the host, once per training step.
   *
   * @param plan the landscape index of each thinking step, in order
   */
  default List<Integer> stepPlan(List<Integer> plan, RandomGenerator random) {
    return plan;
  }

  /** Returns the modified step plan for evaluating a trained model, without randomness. */
  default List<Integer> evaluationStepPlan(List<Integer> plan) {
    return plan;
  }

  /**
   * Creates an empty replay buffer, for a regularizer that keeps rows across training steps.
   *
   * @param modality the modality of the rows
   * @throws dev.ebt.error.UserException if there is not enough space for it
   */
  default Optional<ReplayBuffer> replayBuffer(Modality modality) {
    return Optional.empty();
  }

  /**
   * Creates an empty replay buffer for one of the batches of an update, with its share of the rows.
   * Defaults to {@link #replayBuffer(Modality)}: then each batch has a buffer of all rows.
   *
   * @throws dev.ebt.error.UserException if there is not enough space for it
   */
  default Optional<ReplayBuffer> replayBuffer(Modality modality, ReplayShare share) {
    return replayBuffer(modality);
  }

  /**
   * Returns the modified step size: a scalar or [rows, predictions...]. Called once for all steps,
   * unless an earlier regularizer sets the size of each step separately.
   */
  default Tensor stepSize(Tensor stepSize, HookContext site) {
    return stepSize;
  }

  /**
   * Returns the modified size of one step, given the local energy. Called right after {@link
   * #stepSize(Tensor, HookContext)} of the same regularizer, with the same context in all steps.
   */
  default Tensor stepSize(Tensor stepSize, EnergyAndGradient slope, HookContext site) {
    return stepSize;
  }

  /** Returns the modified candidate at the start of a step, before its energy is computed. */
  default Tensor beforeStep(Tensor candidate, HookContext site) {
    return candidate;
  }

  /** Returns the modified gradient of the energy for the candidate, before the update. */
  default Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
    return gradient;
  }

  /**
   * Returns the modified loss of a step's result, for each step that the objective trains on.
   *
   * @param loss the loss, [rows, predictions...]
   * @param energy the energy of the candidate before the step, [rows, predictions...]
   */
  default Tensor loss(Tensor loss, Tensor energy) {
    return loss;
  }
}
