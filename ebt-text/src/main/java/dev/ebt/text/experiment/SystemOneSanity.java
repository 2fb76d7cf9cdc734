package dev.ebt.text.experiment;

import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.Scale;
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
        "The loss after 1 step minus that after 3, as the mean over seeds with a bootstrap interval"
            + " of 95 %, and the same difference of energies.",
        "The claim holds if the whole interval of the loss is above 0 and the energy falls in every"
            + " seed. It does not hold if the interval is below 0, or the energy rises in every"
            + " seed. Otherwise one cannot tell.");
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
    LossesBySteps losses = LossesBySteps.of(results, MODEL, List.of(EBT), List.of(1, 2, STEPS));
    double[] gains = LossesBySteps.minus(losses.losses(EBT, 1), losses.losses(EBT, STEPS));
    double[] falls = LossesBySteps.minus(losses.energies(EBT, 1), losses.energies(EBT, STEPS));
    Optional<Interval> gain = Bootstrap.ofMean(gains);
    if (gain.isEmpty()) {
      return Finding.cannotTell("Fewer than two seeds have finished.");
    }
    Outcome outcome = Outcome.CANNOT_TELL;
    if (gain.get().low() > 0 && Arrays.stream(falls).allMatch(fall -> fall > 0)) {
      outcome = Outcome.HOLDS;
    } else if (gain.get().high() < 0 || Arrays.stream(falls).allMatch(fall -> fall < 0)) {
      outcome = Outcome.DOES_NOT_HOLD;
    }
    return new Finding(
        outcome,
        "From 1 to 3 steps the loss falls by "
            + LossesBySteps.text(gains)
            + " nats per byte, and the energy by "
            + LossesBySteps.text(falls)
            + ".",
        List.of(losses.table(), losses.chart()));
  }
}
