package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.Finding;
import dev.ebt.experiment.Outcome;
import dev.ebt.report.Figure;
import dev.ebt.report.ReportNumbers;
import dev.ebt.statistics.Bootstrap;
import dev.ebt.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The comparison of the exponents of two models. Seeds are drawn in pairs: both models have those
 * of one draw.
 *
 * @param axis what is varied
 * @param ebt the losses of the EBT
 * @param baseline those of the Transformer++, of the same sizes and seeds
 */
record ScalingComparison(ScalingAxis axis, ScalingCurve ebt, ScalingCurve baseline) {
  /**
   * Returns β of a curve with its interval; empty if the loss of a seed is not above the floor:
   * draws without a fit would be left out, and the interval be one of the higher losses.
   */
  static Optional<Interval> exponent(ScalingCurve curve) {
    return curve.isAboveFloor()
        ? Bootstrap.of(curve.seeds(), drawn -> curve.law(drawn).exponent())
        : Optional.empty();
  }

  /** Returns the ratio of the exponents minus 1, with its interval; empty if one has none. */
  Optional<Interval> advantage() {
    return ebt.isAboveFloor() && baseline.isAboveFloor()
        ? Bootstrap.of(
            ebt.seeds(), drawn -> ebt.law(drawn).exponent() / baseline.law(drawn).exponent() - 1)
        : Optional.empty();
  }

  /**
   * Returns the finding.
   *
   * @param rates the chosen learning rates, in words
   */
  Finding finding(String rates) {
    List<Figure> figures = new ScalingFigures(this).all();
    Optional<Interval> first = exponent(ebt);
    Optional<Interval> second = exponent(baseline);
    Optional<Interval> ratio = advantage();
    if (first.isEmpty() || second.isEmpty() || ratio.isEmpty()) {
      return new Finding(
          Outcome.CANNOT_TELL,
          "A loss is not above the floor H, or there are fewer than two seeds, so that"
              + " there is no fit with an interval. "
              + rates,
          figures);
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "The exponent β over %s is %s of the EBT and %s of the Transformer++: higher by %s;"
                + " published are %+.2f %%. %s",
            axis.label(),
            text(first.get()),
            text(second.get()),
            percent(ratio.get()),
            100 * axis.published(),
            rates);
    return new Finding(outcome(second.get(), ratio.get()), sentence, figures);
  }

  private Outcome outcome(Interval baselineExponent, Interval ratio) {
    if (baselineExponent.low() <= 0) {
      return Outcome.CANNOT_TELL; // A ratio to what may be 0 means nothing.
    }
    if (ratio.low() > 0) {
      return Outcome.HOLDS;
    }
    return ratio.high() < axis.published() ? Outcome.DOES_NOT_HOLD : Outcome.CANNOT_TELL;
  }

  /** Returns an estimate with its interval. */
  static String text(Interval interval) {
    return ReportNumbers.of(interval.estimate())
        + " ("
        + ReportNumbers.of(interval.low())
        + " … "
        + ReportNumbers.of(interval.high())
        + ")";
  }

  /** Returns a share with its interval as percentages. */
  static String percent(Interval share) {
    return String.format(
        Locale.ROOT,
        "%+.1f %% (%+.1f … %+.1f %%)",
        100 * share.estimate(),
        100 * share.low(),
        100 * share.high());
  }
}
