package dev.ebt.interact;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepEnergies;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The default interaction: predictions of validation examples of any modality, with the energy
 * before thinking and after each step.
 */
public final class ExamplePredictions implements Interaction<ExamplePredictions.None> {
  static final String NAME = "predictions";

  private static final int EXAMPLES = 5;

  /** No options of its own. */
  public record None() {}

  /**
   * A prediction of an example.
   *
   * @param predicted the prediction as text
   * @param target the target as text
   * @param energies before thinking and after each step; empty for a model without an energy
   */
  public record ExamplePrediction(String predicted, String target, List<Double> energies) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "predictions are shown";
  }

  @Override
  public String subject() {
    return "any data";
  }

  @Override
  public boolean supports(Modality modality) {
    return true;
  }

  @Override
  public Class<None> options() {
    return None.class;
  }

  @Override
  public void run(TrainedModel model, CommonOptions common, None none, Outputs outputs) {
    int steps = common.onlySteps();
    Examples examples = model.parts().dataset().validation();
    int rows = Math.min(common.countOr(EXAMPLES), examples.size());
    if (rows == 0) {
      throw new UserException("there is nothing to predict: no validation example");
    }
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    try (Predictor predictor = model.parts().predictor(rows)) {
      predict(predictor, model.modality(), batch, steps, common.tolerance(), common.seed())
          .forEach(
              each ->
                  outputs.add(
                      new Output.Example(
                          each.predicted(), each.target(), Explanation.of(each.energies()))));
      predictor
          .evaluationsUsed()
          .ifPresent(used -> outputs.table(List.of(evaluations(used.doubles()))));
    }
  }

  private static Map<String, Object> evaluations(double[] used) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("predictions", used.length);
    row.put("totalEvaluations", Math.round(Arrays.stream(used).sum()));
    row.put("evaluationsPerPrediction", mean(used));
    return row;
  }

  /**
   * Predicts the rows of a batch.
   *
   * @param predictor for as many rows
   */
  public static List<ExamplePrediction> predict(
      Predictor predictor, Modality modality, Batch batch, int steps, double tolerance, long seed) {
    List<Array> energies = think(predictor, batch, steps, tolerance, seed);
    Array candidates = predictor.candidate();
    List<ExamplePrediction> predictions = new ArrayList<>();
    for (int i = 0; i < batch.rows(); i++) {
      int row = i;
      Map<String, Array> context = new LinkedHashMap<>();
      batch.context().forEach((name, feature) -> context.put(name, feature.row(row)));
      predictions.add(
          new ExamplePrediction(
              modality.describe(context, candidates.row(row)),
              modality.describe(context, batch.target().row(row)),
              energies.stream().map(energy -> mean(energy.row(row).doubles())).toList()));
    }
    return predictions;
  }

  /** Returns the energies of the candidates before each step, and after the last one. */
  private static List<Array> think(
      Predictor predictor, Batch batch, int steps, double tolerance, long seed) {
    predictor.observe(batch.context());
    predictor.begin(seed);
    if (!predictor.thinks()) {
      predictor.reach(steps, tolerance);
      return List.of();
    }
    return StepEnergies.of(predictor, steps, tolerance);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  @Override
  public Optional<Preview> preview(RunParts parts) {
    return Optional.of(new FirstExample(parts, parts.predictor(1)));
  }

  /** A preview of the prediction of the first validation example. */
  private record FirstExample(RunParts parts, Predictor predictor) implements Preview {
    @Override
    public String line() {
      List<Integer> validated = parts.steps().validated();
      Batch example = parts.dataset().validation().batch(0);
      ExamplePrediction prediction =
          predict(
                  predictor,
                  parts.modality(),
                  example,
                  validated.get(validated.size() - 1),
                  0,
                  parts.configuration().seed())
              .get(0);
      return "it predicts " + prediction.predicted().lines().findFirst().orElse("");
    }

    @Override
    public void close() {
      predictor.close();
    }
  }
}
