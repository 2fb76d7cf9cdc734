package dev.ebt.report.section;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ReportRun;
import dev.ebt.report.ReportSection;
import dev.ebt.report.SectionContent;
import dev.ebt.report.Series;
import dev.ebt.report.ThinkingSample;
import dev.ebt.report.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/** The final energy as a measure of uncertainty: against the error, and by abstaining. */
final class ConfidenceSection implements ReportSection {
  /** The most points of a scatter chart, evenly picked. */
  private static final int POINTS = 600;

  /** Rank correlations from here on are useful. */
  private static final double USEFUL = 0.3;

  private static final double WEAK = 0.1;
  private static final int FEWEST = 10;

  @Override
  public String name() {
    return "confidence";
  }

  @Override
  public String summary() {
    return "energy against error, and the risk when the predictions of high energy are left out";
  }

  @Override
  public String title() {
    return "Does the energy know when a prediction is wrong?";
  }

  private static final Verdict NOT_JUDGED =
      Verdict.neutral(
          "The loss does not tell: it is the distance from one of many right answers, which the energy"
              + " need not know.");

  @Override
  public int position() {
    return 60;
  }

  @Override
  public Optional<SectionContent> content(ReportRun run) {
    Optional<ThinkingSample> sampled = run.sample().filter(ThinkingSample::hasEnergy);
    if (sampled.isEmpty()) {
      return Optional.empty();
    }
    ThinkingSample sample = sampled.get();
    String unit = run.model().orElseThrow().parts().metrics().units().getOrDefault("loss", "");
    double[] energies = at(sample, ThinkingSample.Trace::energies);
    double[] losses = at(sample, ThinkingSample.Trace::losses);
    if (!usable(energies) || !usable(losses)) {
      return Optional.of(
          SectionContent.of(
              Verdict.neutral(
                  "Not known: there are fewer than "
                      + FEWEST
                      + " predictions, all are the same, or some are not numbers.")));
    }
    double correlation = new SpearmansCorrelation().correlation(energies, losses);
    RiskCoverage risk = RiskCoverage.of(energies, losses);
    return Optional.of(
        SectionContent.of(
            run.judgedByLoss() ? verdict(correlation, risk) : NOT_JUDGED,
            scatter(energies, losses, unit, correlation),
            risk.chart(unit)));
  }

  private static double[] at(
      ThinkingSample sample, Function<ThinkingSample.Trace, double[]> values) {
    return sample.predictions().stream()
        .mapToDouble(trace -> values.apply(trace)[sample.usual()])
        .toArray();
  }

  private static boolean usable(double[] values) {
    return values.length >= FEWEST
        && Arrays.stream(values).allMatch(Double::isFinite)
        && Arrays.stream(values).distinct().limit(2).count() == 2;
  }

  private static Verdict verdict(double correlation, RiskCoverage risk) {
    String half =
        String.format(
            Locale.ROOT,
            " Of the half with the lowest energies the mean loss is %s, of all %s (rank"
                + " correlation %.2f).",
            ReportNumbers.of(risk.at(0.5)),
            ReportNumbers.of(risk.at(1)),
            correlation);
    if (correlation >= USEFUL) {
      return Verdict.good("Yes: predictions of low energy are better." + half);
    }
    if (correlation >= WEAK) {
      return Verdict.neutral("A little: the energy orders predictions only roughly." + half);
    }
    return Verdict.bad(
        (correlation > -WEAK
                ? "No: the energy says nothing about the error."
                : "No: predictions of low energy are the worse ones.")
            + half);
  }

  private static Chart scatter(
      double[] energies, double[] losses, String unit, double correlation) {
    int count = Math.min(POINTS, energies.length);
    int[] picked =
        IntStream.range(0, count)
            .map(i -> (int) ((long) i * energies.length / count))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> energies[i]))
            .mapToInt(i -> i)
            .toArray();
    return new Chart(
        "confidence-scatter",
        "Energy against loss",
        String.format(
            Locale.ROOT,
            "Each point is a prediction after thinking (%s of %s). Rank correlation %.2f: 1 if the"
                + " energy orders predictions as their losses do, 0 if it says nothing.",
            ReportNumbers.of(count),
            ReportNumbers.of(energies.length),
            correlation),
        Axis.of("energy"),
        Axis.of("loss", unit),
        List.of(Series.points("predictions", energies, losses).at(picked)));
  }
}
