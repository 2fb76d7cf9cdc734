package dev.ebt.text.experiment;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.ReportTable;
import dev.ebt.run.BudgetResult;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether computation spent on thinking gains more than a larger model without thinking. */
public final class ThinkingGain implements Experiment {
  private static final String MODEL = "model";
  private static final String EBT = "ebt-s2";
  private static final String SAME = "transformer";
  private static final String WIDER = "transformer-136";

  /** The fewest steps of training. */
  private static final int FEWEST = 2;

  private static final List<Integer> STEPS = List.of(FEWEST, 3, 4, 6);
  private static final List<Integer> CANDIDATES = List.of(1, 4);
  private static final int MOST = 6;

  /** Steps and candidates of a prediction. */
  private record Budget(int steps, int candidates) {}

  @Override
  public String name() {
    return "thinking-gain";
  }

  @Override
  public String summary() {
    return "whether thinking longer gains more than a larger model with equal inference FLOPs";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does thinking for 6 steps gain on the fewest steps of training, and more than a"
            + " Transformer++ with the same FLOPs of inference?",
        SmallBrackets.TEXT
            + " The EBT is trained by System 2 with two or three steps, and evaluated with 2, 3, 4"
            + " and 6 steps and 1 and 4 candidates. The controls are a Transformer++ of the same"
            + " width, and one of width 136. In products with weights it has 293,760 multiplications"
            + " per byte, and the observation and 6 steps of the EBT, gradients included, 284,672.",
        "The gain: the loss after 2 steps minus that after 6, with one candidate; and the"
            + " advantage: the loss of the wider Transformer++ minus that of the EBT after 6 steps."
            + " Both seed by seed, as means with bootstrap intervals of 95 %.",
        "The claim holds if both whole intervals are above 0. It does not hold if one of them is"
            + " below 0. Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : SmallBrackets.seeds(scale)) {
      runs.add(SmallBrackets.ebt(MODEL, EBT, seed, scale));
      runs.add(SmallBrackets.transformer(MODEL, SAME, seed, scale));
      runs.add(SmallBrackets.transformer(MODEL, WIDER, seed, scale, "model.width=136"));
    }
    return runs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.");
    }
    int rows = SmallBrackets.rows(results.scale());
    Map<Budget, List<Double>> losses = new LinkedHashMap<>();
    for (RunResult run : results.bySeed(MODEL, EBT).values()) {
      for (BudgetResult found :
          results
              .evaluate(
                  run,
                  request -> request.withSteps(STEPS).withCandidates(CANDIDATES).withLimit(rows))
              .results()) {
        losses
            .computeIfAbsent(
                new Budget(found.steps(), found.candidates()), budget -> new ArrayList<>())
            .add(found.loss());
      }
    }
    double[] most = losses(losses, new Budget(MOST, 1));
    double[] gains = SeedValues.minus(losses(losses, new Budget(FEWEST, 1)), most);
    double[] same = directLosses(results, SAME, rows);
    double[] wider = directLosses(results, WIDER, rows);
    double[] advantages = SeedValues.minus(wider, most);
    return new Finding(
        outcome(Bootstrap.ofMean(gains), Bootstrap.ofMean(advantages)),
        "From 2 to 6 steps the loss falls by "
            + SeedValues.text(gains)
            + " nats per byte; the wider Transformer++ has a loss higher than that of 6 steps by "
            + SeedValues.text(advantages)
            + ".",
        List.of(table(losses, same, wider)));
  }

  private static Outcome outcome(Optional<Interval> gain, Optional<Interval> advantage) {
    if (gain.isEmpty() || advantage.isEmpty()) {
      return Outcome.CANNOT_TELL;
    }
    if (gain.get().low() > 0 && advantage.get().low() > 0) {
      return Outcome.HOLDS;
    }
    return gain.get().high() < 0 || advantage.get().high() < 0
        ? Outcome.DOES_NOT_HOLD
        : Outcome.CANNOT_TELL;
  }

  private static double[] losses(Map<Budget, List<Double>> losses, Budget budget) {
    return losses.getOrDefault(budget, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double[] directLosses(ExperimentResults results, String model, int rows) {
    return results.bySeed(MODEL, model).values().stream()
        .mapToDouble(
            run ->
                results.evaluate(run, request -> request.withLimit(rows)).results().get(0).loss())
        .toArray();
  }

  private static ReportTable table(
      Map<Budget, List<Double>> losses, double[] same, double[] wider) {
    List<List<String>> rows = new ArrayList<>();
    losses
        .keySet()
        .forEach(
            budget ->
                rows.add(
                    List.of(
                        EBT,
                        Integer.toString(budget.steps()),
                        Integer.toString(budget.candidates()),
                        SeedValues.text(losses(losses, budget)))));
    rows.add(List.of(SAME, "", "", SeedValues.text(same)));
    rows.add(List.of(WIDER, "", "", SeedValues.text(wider)));
    return new ReportTable(
        "Loss by compute budget",
        "Means over seeds with 95 % intervals.",
        List.of("model", "steps", "candidates", "loss"),
        rows);
  }
}
