package dev.ebt.text.experiment;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.experiment.SeedValues;
import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportTable;
import dev.ebt.report.Series;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The verdict on facts that were read in one direction, by the places of right names.
 *
 * @param choices by the scoring of names or, for the direction of training, of descriptions; then
 *     by seed, in the same order for all
 */
record ReversalVerdict(Map<String, List<Choices>> choices) {
  /** The Transformer++ continues a sentence with the description first. */
  static final String TRANSFORMER_CONTINUES = "transformer, description: name";

  /** The EBT does. */
  static final String EBT_CONTINUES = "ebt, description: name";

  /** The Transformer++'s likelihood of a whole sentence with the name first. */
  static final String TRANSFORMER_LIKELIHOOD = "transformer, likelihood of name: description";

  /** The EBT's likelihood of it, by thinking. */
  static final String EBT_LIKELIHOOD = "ebt, likelihood of name: description";

  /** The EBT's energy of it. */
  static final String EBT_ENERGY = "ebt, energy of name: description";

  /** The Transformer++ finds the description of a name, as in training. */
  static final String TRANSFORMER_TRAINED = "transformer, as in training";

  /** The EBT does. */
  static final String EBT_TRAINED = "ebt, as in training";

  /** The share of facts whose right description has to come first for them to be learnt. */
  static final double LEARNT = 0.5;

  /** The share of random names by which the energy may be below the likelihood. */
  static final double MARGIN = 0.02;

  private static final double SIGNIFICANT = 0.05;

  /** Returns the finding by the rule of {@link Reversal}. */
  Finding finding() {
    double[] energy = of(EBT_ENERGY, Choices::pairwiseAccuracy);
    double[] overContinuing =
        SeedValues.minus(energy, of(TRANSFORMER_CONTINUES, Choices::pairwiseAccuracy));
    double[] overLikelihood =
        SeedValues.minus(energy, of(TRANSFORMER_LIKELIHOOD, Choices::pairwiseAccuracy));
    double[] p = of(EBT_ENERGY, Choices::p);
    double learnt =
        Math.min(
            SeedValues.mean(of(EBT_TRAINED, Choices::topOneAccuracy)),
            SeedValues.mean(of(TRANSFORMER_TRAINED, Choices::topOneAccuracy)));
    String sentence =
        "The EBT's energy of a sentence puts the right name above "
            + SeedValues.text(energy)
            + " of random names (0.5 is chance; the greatest p of a seed is "
            + ReportNumbers.of(Arrays.stream(p).max().orElse(Double.NaN))
            + "); minus that of the Transformer++ that continues the description it is "
            + SeedValues.text(overContinuing)
            + ", minus that of its likelihood of the same sentence "
            + SeedValues.text(overLikelihood)
            + ".";
    Outcome outcome =
        outcome(Bootstrap.ofMean(overContinuing), Bootstrap.ofMean(overLikelihood), p);
    if (learnt < LEARNT) {
      outcome = Outcome.CANNOT_TELL;
      sentence +=
          " One of the models has learnt only "
              + ReportNumbers.of(learnt)
              + " of the facts in the direction of training.";
    }
    return new Finding(outcome, sentence, List.of(table(), chart()));
  }

  private static Outcome outcome(
      Optional<Interval> overContinuing, Optional<Interval> overLikelihood, double... p) {
    if (overContinuing.isEmpty() || overLikelihood.isEmpty()) {
      return Outcome.CANNOT_TELL;
    }
    if (overContinuing.get().low() > 0
        && overLikelihood.get().low() > -MARGIN
        && Arrays.stream(p).allMatch(each -> each < SIGNIFICANT)) {
      return Outcome.HOLDS;
    }
    boolean worse = overContinuing.get().high() < 0 || overLikelihood.get().high() < -MARGIN;
    boolean chance = Arrays.stream(p).allMatch(each -> each >= SIGNIFICANT);
    return worse || chance ? Outcome.DOES_NOT_HOLD : Outcome.CANNOT_TELL;
  }

  private double[] of(String scoring, ToDoubleFunction<Choices> number) {
    return choices.getOrDefault(scoring, List.of()).stream().mapToDouble(number).toArray();
  }

  private ReportTable table() {
    List<List<String>> rows = new ArrayList<>();
    for (String scoring : choices.keySet()) {
      rows.add(
          List.of(
              scoring,
              SeedValues.text(of(scoring, Choices::pairwiseAccuracy)),
              SeedValues.text(of(scoring, Choices::topOneAccuracy)),
              ReportNumbers.of(Arrays.stream(of(scoring, Choices::p)).max().orElse(Double.NaN))));
    }
    return new ReportTable(
        "The right answer among random ones",
        "Of facts that training has with the name first: the pairwise accuracy, the share of"
            + " random answers that the right one is above, and the top-1 accuracy, as means over"
            + " seeds with 95 % intervals; the greatest p of a seed by permutations.",
        List.of("scoring", "pairwise accuracy", "top-1 accuracy", "p"),
        rows);
  }

  private Chart chart() {
    List<Series> series = new ArrayList<>();
    for (String scoring : choices.keySet()) {
      double[] accuracies = of(scoring, Choices::pairwiseAccuracy);
      double[] seeds = new double[accuracies.length];
      Arrays.setAll(seeds, i -> i + 1);
      series.add(Series.points(scoring, seeds, accuracies));
    }
    return new Chart(
        "pairwise-accuracy-by-seed",
        "Share of random answers that the right one is above",
        "0.5 is chance.",
        Axis.of("seed"),
        Axis.of("share"),
        series);
  }
}
