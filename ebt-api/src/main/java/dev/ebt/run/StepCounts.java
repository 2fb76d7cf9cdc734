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
 * The numbers of steps to look at when nobody says which: thinking steps of a model with an energy,
 * evaluations of the network of a diffusion model, none of a model that predicts at once.
 *
 * @param taken for one prediction
 * @param validated while training, from 0; the last one is what the model is judged by
 * @param trained of the model as it came out of training
 * @param usual of an evaluation
 * @param landmarks of a long way, those worth showing; none where every step is
 */
public record StepCounts(
    int taken,
    List<Integer> validated,
    List<Integer> trained,
    List<Integer> usual,
    List<Integer> landmarks) {
  private static final int FURTHER = 2;
  private static final int EVALUATIONS = 50;

  /** Of the model of a run. */
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
   * Makes sure that the model of a run can be brought to these efforts, before anything is
   * computed.
   *
   * @throws dev.ebt.error.UserException if it cannot
   */
  static void check(RunParts parts, Evaluation.ComputeBudget effort) {
    effort.checkCandidates(parts.thinks());
    int most = Collections.max(effort.candidates());
    if (parts.thinks() && most > 1) {
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

  /** How a diffusion model of the run is drawn from. */
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

  /** The numbers of steps on the way to a last one whose results are worth showing. */
  public List<Integer> shown(int last) {
    return landmarks.isEmpty()
        ? upTo(last)
        : Stream.of(Stream.of(0), landmarks.stream().filter(n -> n < last), Stream.of(last))
            .flatMap(counts -> counts)
            .distinct()
            .toList();
  }
}
