package dev.ebt.run;

import dev.ebt.modality.Examples;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.ModelSample;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.tensor.Array;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.train.TrainingStepper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The model of a run in training, as monitors see it. */
final class TrainingInspection implements ModelInspection {
  private final RunParts parts;
  private final TrainingStepper stepper;
  private final PredictionEvaluator evaluator;
  private final Supplier<Optional<ModelSample>> sample;

  /**
   * Creates a view that has computed nothing.
   *
   * @param evaluator that of the validation
   * @param sample returns what the model produces
   */
  TrainingInspection(
      RunParts parts,
      TrainingStepper stepper,
      PredictionEvaluator evaluator,
      Supplier<Optional<ModelSample>> sample) {
    this.parts = parts;
    this.stepper = stepper;
    this.evaluator = evaluator;
    this.sample = sample;
  }

  @Override
  public OptionalDouble stepSize() {
    return CheckpointValues.stepSize(parts);
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
