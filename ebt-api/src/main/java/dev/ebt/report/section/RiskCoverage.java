package dev.ebt.report.section;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Series;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean loss of those predictions that are kept when the ones of the highest energies are left
 * out.
 *
 * @param byEnergy the mean loss of the first predictions in ascending order of energy
 * @param byLoss the mean loss of the first in ascending order of loss: the best possible
 */
record RiskCoverage(double[] byEnergy, double[] byLoss) {
  private static final int POINTS = 50;

  static RiskCoverage of(double[] energies, double[] losses) {
    return new RiskCoverage(running(energies, losses), running(losses, losses));
  }

  private static double[] running(double[] order, double[] losses) {
    double[] sorted =
        IntStream.range(0, order.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> order[i]))
            .mapToDouble(i -> losses[i])
            .toArray();
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += sorted[i];
      sorted[i] = sum / (i + 1);
    }
    return sorted;
  }

  /** Returns the mean loss of a share of the predictions, those of the lowest energies. */
  double at(double coverage) {
    return byEnergy[index(coverage, byEnergy.length)];
  }

  private static int index(double coverage, int length) {
    return Math.max(0, (int) Math.round(coverage * length) - 1);
  }

  Chart chart(String unit) {
    double[] coverage =
        IntStream.rangeClosed(1, POINTS).mapToDouble(i -> i * 1.0 / POINTS).toArray();
    return new Chart(
        "confidence-risk",
        "Risk by coverage",
        "The mean loss if only a share of the predictions is kept, those of the lowest energies."
            + " The more it falls to the left, the better the energy tells good predictions; by loss"
            + " itself is the best possible.",
        Axis.of("coverage"),
        Axis.of("mean loss", unit),
        List.of(line("by energy", byEnergy, coverage), line("by loss itself", byLoss, coverage)));
  }

  private static Series line(String name, double[] running, double[] coverage) {
    double[] values = new double[coverage.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = running[index(coverage[i], running.length)];
    }
    return Series.line(name, coverage, values);
  }
}
