package dev.ebt.diffusion;

import static dev.ebt.tensor.Functions.argMax;
import static dev.ebt.tensor.Functions.randomNormal;
import static dev.ebt.tensor.Functions.randomUniform;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.energy.DenoisingModel;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An objective that trains a model to predict the noise in targets, at times drawn uniformly up to
 * the modality's latest: the hybrid loss (Nichol and Dhariwal, "Improved denoising diffusion
 * probabilistic models", 2021), mean (ε − ε̂)² + the {@link VariationalBound} in bits, in which ε̂
 * is a constant. Training draws its own noise; noisy data in the context is used for evaluation
 * only.
 *
 * @param sampling how candidates are sampled after training
 */
public record DiffusionObjective(SamplerSettings sampling) implements Objective {
  private static final long TIME_SITE = 1;
  private static final long NOISE_SITE = 2;

  @Override
  public List<Integer> stepPlan(ThinkingMethod thinking) {
    return List.of();
  }

  /**
   * Returns false for predictions from pure noise, for which many targets are right: samples differ
   * from each, and the distance from one is lowest at their mean. A noisy target is near only one.
   */
  @Override
  public boolean judgedByLoss(Modality modality) {
    return !(modality instanceof DiffusionModality diffusion)
        || diffusion.latestTime() < NoiseSchedule.STEPS - 1;
  }

  @Override
  public boolean requestsAllParameters() {
    return true;
  }

  @Override
  public Objective.ObjectiveOutput output(Objective.ObjectiveInputs task) {
    DenoisingFunction denoiser = denoiser(task);
    Shape target = task.target().shape();
    // The argmax of independent uniform numbers is uniform over the times.
    Shape draws = Shape.of(target.size(0), denoiser.modality().latestTime() + 1);
    Tensor times = argMax(randomUniform(task.key(), TIME_SITE, draws));
    return output(task, times, randomNormal(task.key(), NOISE_SITE, target));
  }

  /**
   * Returns the objective output for given times and noise.
   *
   * @param times integers [rows]
   * @param noise of the target's shape
   */
  public static Objective.ObjectiveOutput output(
      Objective.ObjectiveInputs task, Tensor times, Tensor noise) {
    Tensor clean = task.target();
    Map<ReverseStepCoefficient, Tensor> steps = ReverseStepCoefficient.ofSteps(times);
    Map<ReverseStepCoefficient, Tensor> at = ReverseStepCoefficient.over(clean.shape(), steps);
    Tensor noisy =
        clean
            .times(Required.of(at, ReverseStepCoefficient.SIGNAL))
            .plus(noise.times(Required.of(at, ReverseStepCoefficient.NOISE)));
    DenoisingStep predicted = denoiser(task).move(noisy, times, task.context(), steps);
    Tensor error = overPrediction(predicted.noise().minus(noise).square(), task);
    DenoisingStep constant =
        new DenoisingStep(noisy, stopGradient(predicted.noise()), predicted.spread(), at);
    Tensor bound = overPrediction(VariationalBound.bits(clean, constant), task);
    Map<String, Tensor> measures = new LinkedHashMap<>();
    measures.put("noiseError", error);
    measures.put("bound", bound);
    return new Objective.ObjectiveOutput(error.plus(bound), measures, List.of());
  }

  /** Returns the mean over all elements of each prediction. */
  private static Tensor overPrediction(Tensor values, Objective.ObjectiveInputs task) {
    int predictions = 1 + task.modality().predictions().rank();
    return values.mean(IntStream.range(predictions, values.shape().rank()).toArray());
  }

  private static DenoisingFunction denoiser(Objective.ObjectiveInputs task) {
    if (!(task.model() instanceof DenoisingModel model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "this objective trains diffusion models, and model '%s' is not one; choose"
                  + " another model.name, or objective.name=s1 for an energy model",
              task.model().description()));
    }
    if (!task.regularizers().isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "regularizers act on thinking, and model '%s' does not think; set regularizers=[]",
              model.description()));
    }
    return DenoisingFunction.of(task.modality(), model, task.parameters());
  }
}
