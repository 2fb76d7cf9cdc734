package dev.ebt.train;

import dev.ebt.energy.Model;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import dev.ebt.think.ThinkingStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What training minimises. */
public interface Objective {
  /**
   * The loss of a batch, as tensors.
   *
   * @throws dev.ebt.error.UserException if the objective cannot teach such a model
   */
  ObjectiveOutput output(ObjectiveInputs task);

  /** The landscape of each thinking step before regularizers change it; empty without thinking. */
  List<Integer> stepPlan(Thinking thinking);

  /** How the lesson of this plan falls into its thinking steps; empty if they hang together. */
  default Optional<StepwiseObjective> stepwise(List<Integer> plan, Thinking thinking) {
    return Optional.empty();
  }

  /**
   * What a lesson is made of.
   *
   * @param plan the landscape of each thinking step
   * @param context the batch's context features
   * @param initialCandidate where thinking begins
   * @param target the batch's target
   * @param key random key of this training step
   */
  record ObjectiveInputs(
      Modality modality,
      Model model,
      Thinking thinking,
      List<Regularizer> regularizers,
      List<Integer> plan,
      NamedTensors context,
      Tensor initialCandidate,
      Tensor target,
      Tensor key,
      Parameters parameters) {

    /** The loss of what a step made, as the regularizers change it, in their order. */
    public Tensor regularized(Tensor loss, ThinkingStep.StepOutput thought) {
      Tensor changed = loss;
      for (Regularizer regularizer : regularizers) {
        changed = regularizer.loss(changed, thought.energy());
      }
      return changed;
    }
  }

  /**
   * What a batch teaches.
   *
   * @param loss to be made small, [rows, predictions...]; its weighted mean is the training loss
   * @param measures figures to watch, by name, each [rows, predictions...]
   * @param thoughts every thinking step; empty without thinking
   */
  record ObjectiveOutput(
      Tensor loss, Map<String, Tensor> measures, List<ThinkingStep.StepOutput> thoughts) {}
}
