package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.ChosenRates;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentDesign;
import dev.ebt.experiment.ExperimentResults;
import dev.ebt.experiment.ExperimentRun;
import dev.ebt.experiment.Finding;
import dev.ebt.experiment.FurtherRuns;
import dev.ebt.experiment.Scale;
import dev.ebt.sweep.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the loss of an EBT falls faster than that of a Transformer++ with data, sizes or
 * computation.
 *
 * @param axis what is varied
 */
public record ScalingExperiment(ScalingAxis axis) implements Experiment {
  @Override
  public String name() {
    return "scaling-" + axis.word();
  }

  @Override
  public String summary() {
    return "whether the loss of an EBT falls faster than that of a Transformer++ over "
        + axis.label();
  }

  @Override
  public ExperimentDesign design() {
    String published = String.format(Locale.ROOT, "%+.2f %%", 100 * axis.published());
    return new ExperimentDesign(
        "Does the loss of an EBT fall faster than that of a Transformer++ over "
            + axis.label()
            + "?",
        ScalingRuns.TEXT
            + ScalingRuns.choice(axis.swept())
            + " Then both models are trained with seeds 1 to 5 at each of these sizes: "
            + axis.sizes().stream().map(ScalingSize::words).collect(Collectors.joining("; "))
            + ".",
        "β_EBT / β_Transformer++ − 1, where L − H = B x^(−β) is fitted by least squares of"
            + " logarithms to the mean losses over the seeds, and x are "
            + axis.label()
            + ", with an interval of 95 % by the bootstrap over seeds, which both models share."
            + " Published are "
            + published
            + " (arXiv 2507.02092 v1).",
        "The claim holds if the whole interval is above 0. It does not hold if it is not, and its"
            + " upper end is below the published "
            + published
            + ". Otherwise one cannot tell; nor can one if β of the Transformer++ is not above 0"
            + " with its whole interval, since a ratio to it then means nothing.");
  }

  @Override
  public List<ExperimentRun> runs(Scale scale) {
    return ScalingRuns.sweep(scale, axis.swept());
  }

  @Override
  public Optional<FurtherRuns> further(Scale scale) {
    return Optional.of(new Comparison(axis, scale));
  }

  /** The trainings at all sizes with the best rates. */
  private record Comparison(ScalingAxis axis, Scale scale) implements FurtherRuns {
    private List<ScalingSize> sizes() {
      List<ScalingSize> all = axis.sizes();
      return scale == Scale.FULL ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    private List<Integer> seeds() {
      return scale == Scale.FULL ? List.of(1, 2, 3, 4, 5) : List.of(1, 2);
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "%d runs: both models at %d sizes with %d seeds, each model with the learning rates that"
              + " have the lowest mean losses in the runs above.",
          ScalingRuns.MODELS.size() * sizes().size() * seeds().size(),
          sizes().size(),
          seeds().size());
    }

    @Override
    public List<ExperimentRun> of(ExperimentResults first) {
      List<ExperimentRun> runs = new ArrayList<>();
      ScalingRuns.rates(first)
          .ifPresent(rates -> ScalingRuns.MODELS.forEach(model -> runs.addAll(of(model, rates))));
      return runs;
    }

    private List<ExperimentRun> of(String model, ChosenRates rates) {
      List<ExperimentRun> runs = new ArrayList<>();
      for (ScalingSize full : sizes()) {
        ScalingSize size = full.at(scale);
        for (int seed : seeds()) {
          Map<String, String> value = Map.of(axis.valueName(), axis.value(size));
          String rate = rates.at(model, size.width());
          runs.add(ScalingRuns.run(scale, model, value, size, rate, seed));
        }
      }
      return runs;
    }
  }

  @Override
  public Finding judge(ExperimentResults results) {
    Optional<ChosenRates> rates = ScalingRuns.rates(results);
    Optional<SweepResults> runs = results.further();
    if (rates.isEmpty() || runs.isEmpty()) {
      return ScalingRuns.noRates();
    }
    if (!runs.get().runs().stream().allMatch(run -> run.state().isFinished())) {
      return ScalingRuns.unfinished(runs.get(), rates.get());
    }
    return new ScalingComparison(
            axis,
            ScalingCurve.of(results, runs.get(), axis, ScalingRuns.EBT),
            ScalingCurve.of(results, runs.get(), axis, ScalingRuns.TRANSFORMER))
        .finding(ScalingRuns.words(rates.get()));
  }
}
