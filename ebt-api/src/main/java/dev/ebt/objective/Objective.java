package dev.ebt.objective;

import dev.ebt.energy.Model;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training objective: the loss to minimize. */
public interface Objective {
  /**
   * Returns the loss of a batch, as tensors.
   *
   * @throws dev.ebt.error.UserException if the objective cannot train such a model
   */
  ObjectiveOutput output(ObjectiveInputs task);

  /**
   * Returns the landscape of each thinking step before regularizers change it; empty without
   * thinking.
   */
  List<Integer> stepPlan(ThinkingMethod thinking);

  /**
   * Returns the landscape of each thinking step of a prediction after training, before regularizers
   * change it: by default that of training.
   */
  default List<Integer> predictionPlan(ThinkingMethod thinking) {
    return stepPlan(thinking);
  }

  /**
   * Returns whether a lower loss of this modality is a better prediction. Where many answers are
   * right, the distance from one of them is lowest at their mean, which is none. The checkpoint
   * {@code best} is then the latest, and monitors that compare losses are refused.
   */
  default boolean judgedByLoss(Modality modality) {
    return true;
  }

  /**
   * Returns whether training starts at the initial candidates of the data, {@link
   * dev.ebt.modality.Batch#initialCandidates}, instead of those of the modality. Data without them
   * is then refused.
   */
  default boolean startsFromData() {
    return false;
  }

  /**
   * Returns whether training starts at the targets instead of the initial candidates of the
   * modality, as contrastive divergence does. Rows that are recalled from a replay buffer start at
   * their own candidates.
   */
  default boolean startsAtTargets() {
    return false;
  }

  /**
   * Checks that the objective fits the data, before anything is trained.
   *
   * @throws dev.ebt.error.UserException with the setting to change
   */
  default void check(Dataset dataset) {}

  /** Returns the least number of rows of a batch: 1 unless overridden. */
  default int leastRows(ThinkingMethod thinking) {
    return 1;
  }

  /**
   * Returns how the rows of a batch are paired with initial candidates; empty if they stay in their
   * order.
   */
  default Optional<RowPairing> pairing() {
    return Optional.empty();
  }

  /**
   * Returns the stepwise form of the objective for this plan; empty if its steps depend on each
   * other.
   */
  default Optional<StepwiseObjective> stepwise(List<Integer> plan, ThinkingMethod thinking) {
    return Optional.empty();
  }

  /**
   * Returns whether {@link #output} requests every parameter that predicting with the model reads,
   * as an objective does that takes thinking steps with the model, the thinking and all
   * regularizers of its inputs. False unless overridden, which is always right, but costs a further
   * trace of the model before training.
   */
  default boolean requestsAllParameters() {
    return false;
  }

  /**
   * The inputs of an objective.
   *
   * @param plan the landscape of each thinking step
   * @param context the batch's context features
   * @param initialCandidate the candidate before the first step
   * @param target the batch's target
   * @param key random key of this training step
   */
  record ObjectiveInputs(
      Modality modality,
      Model model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      List<Integer> plan,
      NamedTensors context,
      Tensor initialCandidate,
      Tensor target,
      Tensor key,
      Parameters parameters) {

    /** Returns the inputs of {@code count} of the rows, from row {@code first} on. */
    public ObjectiveInputs rows(int first, int count) {
      return new ObjectiveInputs(
          modality,
          model,
          thinking,
          regularizers,
          plan,
          context.map((name, feature) -> feature.slice(0, first, count)),
          initialCandidate.slice(0, first, count),
          target.slice(0, first, count),
          key,
          parameters);
    }

    /** Returns the loss of a step as changed by the regularizers, applied in order. */
    public Tensor regularized(Tensor loss, ThinkingStep.StepOutput stepOutput) {
      Tensor changed = loss;
      for (Regularizer regularizer : regularizers) {
        changed = regularizer.loss(changed, stepOutput.energy());
      }
      return changed;
    }
  }

  /**
   * The output of an objective for a batch.
   *
   * @param loss the loss to minimize, [rows, predictions...]; its weighted mean is the training
   *     loss
   * @param metrics metrics to report, by name, each [rows, predictions...]
   * @param stepOutputs the output of every thinking step; empty without thinking
   */
  record ObjectiveOutput(
      Tensor loss, Map<String, Tensor> metrics, List<ThinkingStep.StepOutput> stepOutputs) {}
}
