package dev.ebt.run;

import com.google.common.base.Suppliers;
import dev.ebt.modality.Examples;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.StepSizeRange;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.RandomStream;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The model of a run in training, as monitors see it. */
final class TrainingInspection implements ModelInspection {
  private final RunParts parts;
  private final TrainingStepper stepper;
  private final PredictionEvaluator evaluator;
  private final StepStability stability;
  private final Supplier<Optional<ModelSample>> sample;
  private final Supplier<Boolean> comparable;

  /**
   * Creates a view that has computed nothing.
   *
   * @param evaluator that of the validation
   * @param stability of the validation
   * @param sample returns what the model produces
   */
  TrainingInspection(
      RunParts parts,
      TrainingStepper stepper,
      PredictionEvaluator evaluator,
      StepStability stability,
      Supplier<Optional<ModelSample>> sample) {
    this.parts = parts;
    this.stepper = stepper;
    this.evaluator = evaluator;
    this.stability = stability;
    this.sample = sample;
    // Once, because it may trace the model.
    this.comparable =
        Suppliers.memoize(
            () -> parts.thinks() && parts.family().energiesAreComparable(parts.setup()));
  }

  @Override
  public OptionalDouble stepSize() {
    return CheckpointValues.stepSize(parts);
  }

  @Override
  public Optional<StepSizeRange> stepSizeRange() {
    Double most = parts.thinking().hyperparameters().maximumStepSize();
    return most == null
        ? Optional.empty()
        : Optional.of(new StepSizeRange(ThinkingHyperparameters.MINIMUM_STEP_SIZE, most));
  }

  @Override
  public boolean energiesAreComparable() {
    return comparable.get();
  }

  @Override
  public boolean judgedByLoss() {
    return parts.objective().judgedByLoss(parts.modality());
  }

  @Override
  public boolean drawsStepCounts() {
    List<Integer> plan = parts.objective().stepPlan(parts.thinking());
    return IntStream.range(0, 8)
            .mapToObj(
                draw -> {
                  List<Integer> drawn = plan;
                  RandomGenerator random = RandomStream.STEP_PLAN.generator(0, draw);
                  for (Regularizer regularizer : parts.regularizers()) {
                    drawn = regularizer.stepPlan(drawn, random);
                  }
                  return drawn.size();
                })
            .distinct()
            .count()
        > 1;
  }

  @Override
  public OptionalDouble diversity() {
    return stepper.averages().during(() -> PredictionDiversity.of(parts));
  }

  @Override
  public OptionalDouble unstable() {
    return stability.latest().stream().mapToDouble(StepStability.Measured::unstable).findFirst();
  }

  @Override
  public OptionalDouble learningRate(long step) {
    return OptionalDouble.of(stepper.learningRate(step));
  }

  @Override
  public Map<String, Array> gradients() {
    return stepper.gradients();
  }

  /** Returns the energies of the first batch of the validation. */
  @Override
  public Map<Integer, double[]> energies() {
    Map<Integer, double[]> energies = new LinkedHashMap<>();
    if (parts.thinks()) {
      stepper
          .averages()
          .during(
              () -> {
                collect(energies);
                return energies;
              });
    }
    return energies;
  }

  private void collect(Map<Integer, double[]> energies) {
    Examples rows = parts.dataset().validation();
    int limit = Math.min(parts.configuration().training().batch(), rows.size());
    evaluator.forEachBatch(
        rows,
        limit,
        ComputeBudgets.of(parts.steps().validated()),
        parts.configuration().seed(),
        result -> {
          Array energy = result.metrics().get(EvaluationResult.ENERGY);
          if (energy != null) {
            energies.put(result.steps(), counted(energy.doubles(), result.weight()));
          }
        });
  }

  /** Returns the values of predictions that count. */
  private static double[] counted(double[] values, float[] weight) {
    return IntStream.range(0, values.length)
        .filter(i -> weight[i] > 0)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  @Override
  public Optional<ModelSample> sample() {
    return sample.get();
  }
}
