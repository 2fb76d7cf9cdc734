package dev.ebt.run;

import dev.ebt.diffusion.DiffusionObjective;
import dev.ebt.diffusion.SamplerSettings;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.PredictionModel;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.think.DirectPredictor;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import dev.ebt.think.SelfVerification;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The default numbers of steps: thinking steps of a model with an energy, evaluations of the
 * network of a diffusion model, 0 for a model that predicts directly.
 *
 * @param taken the steps of one prediction
 * @param validated the step counts of validation during training, from 0; the last one gives the
 *     validation loss
 * @param trained the step counts at which the trained model is shown
 * @param usual the step counts of an evaluation
 * @param landmarks the step counts worth showing of a long trajectory; empty if every step is
 */
public record StepCounts(
    int taken,
    List<Integer> validated,
    List<Integer> trained,
    List<Integer> usual,
    List<Integer> landmarks) {
  private static final int FURTHER = 2;
  private static final int EVALUATIONS = 50;

  /** Returns the default step counts for the model of a run. */
  static StepCounts of(RunParts parts) {
    if (parts.model() instanceof EnergyModel) {
      int plan = parts.trainedSteps();
      return new StepCounts(plan, upTo(plan), upTo(plan + FURTHER), List.of(1, 2, 4), List.of());
    }
    if (parts.model() instanceof DenoisingModel
        && parts.modality() instanceof DiffusionModality noisy) {
      int passes = sampling(parts).passes();
      int most = noisy.latestTime() + 1;
      return new StepCounts(
          passes * Math.min(EVALUATIONS, most),
          times(passes, most, 0, 1, 10),
          times(passes, most, 0, 1, 10, 50),
          times(passes, most, 1, 10, 50, 100),
          times(passes, most, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000));
    }
    return new StepCounts(0, List.of(0), List.of(0), List.of(0), List.of());
  }

  /**
   * Checks that the model of a run supports a compute budget, before anything is computed.
   *
   * @throws dev.ebt.error.UserException if it does not
   */
  static void check(RunParts parts, Evaluation.ComputeBudgets effort) {
    effort.checkCandidates(parts.thinks());
    int most = Collections.max(effort.candidates());
    if (parts.thinks() && most > 1 && !parts.modality().startsDiffer()) {
      try (Predictor predictor = parts.predictor(1)) {
        SelfVerification.requireDifferent(predictor, most);
      }
    } else if (parts.model() instanceof PredictionModel) {
      effort.steps().forEach(DirectPredictor::checkSteps);
    } else if (parts.model() instanceof DenoisingModel
        && parts.modality() instanceof DiffusionModality noisy) {
      effort.steps().forEach(steps -> sampling(parts).check(steps, noisy.latestTime() + 1));
    }
  }

  /** Returns the sampler settings of a run's diffusion model. */
  static SamplerSettings sampling(RunParts parts) {
    return parts.objective() instanceof DiffusionObjective diffusion
        ? diffusion.sampling()
        : new SamplerSettings(null, null, null);
  }

  private static List<Integer> times(int passes, int most, Integer... counts) {
    return Stream.of(counts).map(count -> passes * Math.min(count, most)).distinct().toList();
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  /** Returns the step counts up to a last one whose results are worth showing. */
  public List<Integer> shown(int last) {
    return landmarks.isEmpty()
        ? upTo(last)
        : Stream.of(Stream.of(0), landmarks.stream().filter(n -> n < last), Stream.of(last))
            .flatMap(counts -> counts)
            .distinct()
            .toList();
  }
}
