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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether thinking of a System 1 model lowers the loss and the energy. */
public final class SystemOneSanity implements Experiment {
  private static final String MODEL = "model";
  private static final String EBT = "ebt-s1";
  private static final int STEPS = 3;

  @Override
  public String name() {
    return "s1-sanity";
  }

  @Override
  public String summary() {
    return "whether the steps of a System 1 model lower loss and energy";
  }

  @Override
  public ExperimentDesign design() {
    return new ExperimentDesign(
        "Does each thinking step of a model that was trained by System 1 lower both the loss and"
            + " the energy?",
        SmallBrackets.TEXT
            + " System 1 trains on the loss after each of 3 steps on one landscape, without"
            + " regularizers. The models are evaluated after 1, 2 and 3 steps.",
        "The loss after 1 step minus that after 2, and after 2 minus that after 3, as means over"
            + " seeds with bootstrap intervals of 95 %, and the same differences of energies.",
        "The claim holds if both whole intervals of the loss are above 0 and the energy falls in"
            + " both steps with every seed. It does not hold if an interval of the loss is below 0,"
            + " or the energy rises in one of the steps with every seed. Otherwise one cannot"
            + " tell.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    return SmallBrackets.seeds(scale).stream()
        .map(
            seed ->
                SmallBrackets.ebt(
                    MODEL, EBT, seed, scale, "objective={name: s1, steps: 3}", "regularizers=[]"))
        .toList();
  }

  @Override
  public Finding judge(ExperimentResults results) {
    LossesBySteps losses =
        LossesBySteps.of(
            results,
            MODEL,
            List.of(EBT),
            List.of(1, 2, STEPS),
            SmallBrackets.rows(results.scale()));
    if (!results.complete()) {
      return Finding.cannotTell("Not all runs have finished.", losses.table());
    }
    Step second = Step.of(losses, 2);
    Step third = Step.of(losses, STEPS);
    Outcome outcome = Outcome.CANNOT_TELL;
    if (second.lowersBoth() && third.lowersBoth()) {
      outcome = Outcome.HOLDS;
    } else if (second.raisesOne() || third.raisesOne()) {
      outcome = Outcome.DOES_NOT_HOLD;
    }
    return new Finding(
        outcome,
        "The second step lowers " + second.text() + "; the third lowers " + third.text() + ".",
        List.of(losses.table(), losses.chart("nats")));
  }

  /**
   * What a step changes, by seed.
   *
   * @param gains the fall of the loss
   * @param falls the fall of the energy
   */
  private record Step(List<Double> gains, List<Double> falls) {
    static Step of(LossesBySteps losses, int steps) {
      return new Step(
          boxed(SeedValues.minus(losses.losses(EBT, steps - 1), losses.losses(EBT, steps))),
          boxed(SeedValues.minus(losses.energies(EBT, steps - 1), losses.energies(EBT, steps))));
    }

    boolean lowersBoth() {
      return gain().filter(interval -> interval.low() > 0).isPresent()
          && falls.stream().allMatch(fall -> fall > 0);
    }

    boolean raisesOne() {
      return gain().filter(interval -> interval.high() < 0).isPresent()
          || falls.stream().allMatch(fall -> fall < 0);
    }

    String text() {
      return "the loss by "
          + SeedValues.text(unboxed(gains))
          + " nats per byte and the energy by "
          + SeedValues.text(unboxed(falls));
    }

    private Optional<Interval> gain() {
      return Bootstrap.ofMean(unboxed(gains));
    }

    private static List<Double> boxed(double... values) {
      return Arrays.stream(values).boxed().toList();
    }

    private static double[] unboxed(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
