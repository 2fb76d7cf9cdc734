package example.curve;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment: whether a wider model has a lower loss. */
final class CurveWidths implements Experiment {
  private static final String WIDTH = "model.width";
  private static final String NARROW = "4";
  private static final String WIDE = "32";

  @Override
  public String name() {
    return "curve-widths";
  }

  @Override
  public String summary() {
    return "whether a wider model of the curve has a lower loss";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does a model of width 32 have a lower loss than one of width 4?",
        "Recipe 'curve' with both widths and four seeds.",
        "The loss of width 4 minus that of width 32, seed by seed, as the mean with a bootstrap"
            + " interval of 95 %.",
        "The claim holds if the whole interval is above 0. It does not hold if it is below 0."
            + " Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    int steps = scale == Scale.QUICK ? 10 : 300;
    List<ExperimentRun> runs = new ArrayList<>();
    for (String width : List.of(NARROW, WIDE)) {
      for (int seed = 1; seed <= (scale == Scale.QUICK ? 2 : 4); seed++) {
        List<String> settings = List.of(WIDTH + "=" + width, "training.steps=" + steps);
        runs.add(ExperimentRun.of(WIDTH, width, seed, "curve", settings));
      }
    }
    return runs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    Map<String, RunResult> narrow = results.bySeed(WIDTH, NARROW);
    Map<String, RunResult> wide = results.bySeed(WIDTH, WIDE);
    double[] differences =
        narrow.keySet().stream()
            .filter(wide::containsKey)
            .mapToDouble(seed -> loss(narrow, seed) - loss(wide, seed))
            .filter(Double::isFinite)
            .toArray();
    Optional<Interval> difference = Bootstrap.ofMean(differences);
    if (difference.isEmpty()) {
      return Finding.cannotTell("Fewer than two seeds have finished with a loss.");
    }
    Interval found = difference.get();
    Outcome outcome = found.excludes(0) ? Outcome.DOES_NOT_HOLD : Outcome.CANNOT_TELL;
    return new Finding(
        found.low() > 0 ? Outcome.HOLDS : outcome,
        "The difference of losses is " + SeedValues.text(differences) + ".",
        List.of());
  }

  private static double loss(Map<String, RunResult> runs, String seed) {
    return runs.get(seed).value(SweepOptions.LOSS).orElse(Double.NaN);
  }
}
