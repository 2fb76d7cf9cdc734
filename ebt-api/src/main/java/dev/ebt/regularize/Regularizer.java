package dev.ebt.regularize;

import dev.ebt.modality.Modality;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A hook into thinking, meant to shape the energy landscape while learning. Every method defaults
 * to no effect. Regularizers compose in configuration order: each gets what the one before it made.
 * Off in evaluation unless {@link #inEvaluation} says otherwise.
 */
public interface Regularizer {
  /** Whether this also takes part when a trained model is evaluated or used. */
  default boolean inEvaluation() {
    return false;
  }

  /**
   * The landscape of each step, changed; drawn on the host, once per training step.
   *
   * @param plan the landscape index of each thinking step, in order
   */
  default List<Integer> stepPlan(List<Integer> plan, RandomGenerator random) {
    return plan;
  }

  /** The same where a trained model is judged: nothing random. */
  default List<Integer> evaluationStepPlan(List<Integer> plan) {
    return plan;
  }

  /**
   * A new, empty memory, for a regularizer that remembers rows from one training step to the next.
   *
   * @param modality of the rows
   * @throws dev.ebt.error.UserException if there is no room for it
   */
  default Optional<ReplayBuffer> replayBuffer(Modality modality) {
    return Optional.empty();
  }

  /**
   * The length of a step: a scalar or [rows, predictions...]; asked once, the same for all steps,
   * unless a regularizer before this one makes each step its own.
   */
  default Tensor stepSize(Tensor stepSize, HookContext site) {
    return stepSize;
  }

  /**
   * The length of one step where the energy is known: right after {@link #stepSize(Tensor,
   * HookContext)} of the same regularizer, with the same site in all steps.
   */
  default Tensor stepSize(Tensor stepSize, LocalEnergy slope, HookContext site) {
    return stepSize;
  }

  /** The candidate entering a step, before its energy is taken. */
  default Tensor beforeStep(Tensor candidate, HookContext site) {
    return candidate;
  }

  /** The energy's gradient for the candidate, before the move. */
  default Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
    return gradient;
  }

  /**
   * The loss of what a step made, for each step that the objective learns from.
   *
   * @param loss [rows, predictions...]
   * @param energy of the candidate that entered the step, [rows, predictions...]
   */
  default Tensor loss(Tensor loss, Tensor energy) {
    return loss;
  }
}
