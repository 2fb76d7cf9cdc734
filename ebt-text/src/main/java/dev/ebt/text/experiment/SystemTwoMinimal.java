package dev.ebt.text.experiment;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.LossesBySteps;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
import dev.ebt.experiment.SeedValues;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a System 2 model makes better use of further steps than a System 1 model. */
public final class SystemTwoMinimal implements Experiment {
  private static final String MODEL = "model";
  private static final String ONE = "ebt-s1";
  private static final String TWO = "ebt-s2";
  private static final int TRAINED = 3;
  private static final int FURTHER = 8;

  @Override
  public String name() {
    return "s2-minimal";
  }

  @Override
  public String summary() {
    return "whether System 2 makes better use of steps beyond those of training than System 1";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does System 2, with no regularizers but random steps, make better use of thinking steps"
            + " beyond those of training than System 1?",
        SmallBrackets.TEXT
            + " System 2 trains on the loss after the last of two or three steps of random size."
            + " The control is System 1, which trains on the loss after each of three steps of one"
            + " size. Both are evaluated after 1, 2, 3, 4, 6 and 8 steps.",
        "The loss after 3 steps minus that after 8, of System 2 minus the same of System 1, seed by"
            + " seed, as the mean with a bootstrap interval of 95 %.",
        "The claim holds if the whole interval is above 0 and the loss of System 2 after 8 steps is"
            + " not above that after 3 in any seed. It does not hold if the interval is below 0."
            + " Otherwise one cannot tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    List<ExperimentRun> runs = new ArrayList<>();
    for (int seed : SmallBrackets.seeds(scale)) {
      runs.add(SmallBrackets.ebt(MODEL, TWO, seed, scale));
      runs.add(
          SmallBrackets.ebt(
              MODEL, ONE, seed, scale, "objective={name: s1, steps: 3}", "regularizers=[]"));
    }
    return runs;
  }

  @Override
  public Finding judge(ExperimentResults results) {
    LossesBySteps losses =
        LossesBySteps.of(
            results,
            MODEL,
            List.of(TWO, ONE),
            List.of(1, 2, TRAINED, 4, 6, FURTHER),
            SmallBrackets.rows(results.scale()));
    double[] two = SeedValues.minus(losses.losses(TWO, TRAINED), losses.losses(TWO, FURTHER));
    double[] one = SeedValues.minus(losses.losses(ONE, TRAINED), losses.losses(ONE, FURTHER));
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.", losses.table());
    }
    double[] differences = SeedValues.minus(two, one);
    Optional<Interval> difference = Bootstrap.ofMean(differences);
    Outcome outcome = Outcome.CANNOT_TELL;
    if (difference.isPresent() && difference.get().low() > 0 && min(two) >= 0) {
      outcome = Outcome.HOLDS;
    } else if (difference.isPresent() && difference.get().high() < 0) {
      outcome = Outcome.DOES_NOT_HOLD;
    }
    return new Finding(
        outcome,
        "From 3 to 8 steps the loss of System 2 falls by "
            + SeedValues.text(two)
            + " nats per byte and that of System 1 by "
            + SeedValues.text(one)
            + "; the difference is "
            + SeedValues.text(differences)
            + ".",
        List.of(losses.table(), losses.chart("nats")));
  }

  private static double min(double... values) {
    double least = Double.POSITIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }
}
