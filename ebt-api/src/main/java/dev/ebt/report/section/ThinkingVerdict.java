package dev.ebt.report.section;

import dev.ebt.report.ReportNumbers;
import dev.ebt.report.ThinkingSample;
import dev.ebt.report.Verdict;
import dev.ebt.run.RunParts;
import dev.ebt.run.ThinkingGain;
import java.util.Locale;

/** Whether thinking helps, by mean losses over validation examples. */
final class ThinkingVerdict {
  /** A relative difference of the loss below this is a little one. */
  private static final double LITTLE = 0.02;

  private ThinkingVerdict() {}

  static Verdict of(ThinkingSample sample, RunParts parts, boolean judgedByLoss) {
    if (!sample.hasEnergy()) {
      return Verdict.neutral(
          "This model does not think: it has no energy. Its mean loss is "
              + ReportNumbers.of(sample.meanLosses()[sample.usual()])
              + ".");
    }
    double[] losses = sample.meanLosses();
    int first = sample.steps().get(0) == 0 && losses.length > 1 ? 1 : 0;
    String path =
        String.format(
            Locale.ROOT,
            "the mean loss is %s before thinking (of the initial candidates), %s after %s and %s"
                + " after the %s of this model",
            ReportNumbers.of(losses[0]),
            ReportNumbers.of(losses[first]),
            ReportNumbers.count(sample.steps().get(first), "step"),
            ReportNumbers.of(losses[sample.usual()]),
            ReportNumbers.count(sample.steps().get(sample.usual()), "step"));
    return judgedByLoss
        ? verdict(sample, first, path, parts)
        : Verdict.neutral(
            "The loss does not tell: it is the distance from one of many right answers; look at"
                + " what it makes. For comparison, "
                + path
                + over(sample, parts));
  }

  private static Verdict verdict(ThinkingSample sample, int first, String path, RunParts parts) {
    double[] losses = sample.meanLosses();
    double usual = losses[sample.usual()];
    String over = over(sample, parts);
    if (!below(usual, losses[0])) {
      return Verdict.bad("No: " + path + over);
    }
    if (sample.usual() > first && below(losses[first], usual)) {
      return Verdict.bad("The first step helps, the others do harm: " + path + over);
    }
    int best = best(losses);
    String further =
        below(losses[best], usual)
            ? String.format(
                Locale.ROOT,
                best < sample.usual()
                    ? " Fewer steps are better: %s after %d."
                    : usual - losses[best] < LITTLE * Math.abs(usual)
                        ? " Still more steps help a little: %s after %d."
                        : " Still more steps help further: %s after %d.",
                ReportNumbers.of(losses[best]),
                sample.steps().get(best))
            : "";
    boolean more = sample.usual() > first && below(usual, losses[first]);
    if (sample.usual() > first && !more) {
      return Verdict.neutral(
          "The first step helps, the others change nothing: " + path + over + further);
    }
    return Verdict.good(
        (more ? "Yes, and further steps add to it: " : "Yes: ") + path + over + further);
  }

  private static String over(ThinkingSample sample, RunParts parts) {
    return String.format(
        Locale.ROOT,
        " (%s of %s).",
        ReportNumbers.of((long) sample.predictions().size())
            + " "
            + parts.modality().predictionUnit(),
        ReportNumbers.count(sample.rows(), "validation example"));
  }

  private static int best(double[] losses) {
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    return best;
  }

  /** Returns whether a loss is noticeably below another one, as 'ebt eval' judges it. */
  private static boolean below(double lower, double higher) {
    return Double.isFinite(lower) && ThinkingGain.above(higher, lower);
  }
}
