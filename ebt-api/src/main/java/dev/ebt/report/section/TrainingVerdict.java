package dev.ebt.report.section;

import dev.ebt.report.ReportNumbers;
import dev.ebt.report.Verdict;
import dev.ebt.store.MetricsHistory;
import dev.ebt.store.RunHistory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a training was stable, by its recorded losses. */
final class TrainingVerdict {
  /** The number of losses before one that it is compared with. */
  private static final int RECENT = 20;

  /** The ratio of a loss to the median of those before it from which it counts as a spike. */
  private static final double SPIKE = 2;

  /** The relative rise of the validation loss above its lowest value that counts. */
  private static final double RISE = 0.02;

  /** The fewest rows by which stability can be judged. */
  private static final int FEWEST = 5;

  private TrainingVerdict() {}

  /** Returns the verdict on a training that ended by an error, such as a loss that is infinite. */
  static Verdict failed(RunHistory.End end) {
    String reason = end.reason().isBlank() ? "no reason is recorded" : end.reason().strip();
    return Verdict.bad(
        String.format(
            Locale.ROOT,
            "Training failed; %s are saved. The reason: %s",
            ReportNumbers.count(end.step(), "update"),
            reason));
  }

  /**
   * Returns the verdict on the losses of a training.
   *
   * @param judgedByLoss whether a lower validation loss is a better prediction
   */
  static Verdict of(MetricsHistory metrics, boolean judgedByLoss) {
    MetricsHistory.Curve loss = metrics.curve("loss");
    MetricsHistory.Curve validation = metrics.curve("validation.loss");
    Optional<Verdict> divergence =
        notFinite(loss, "loss").or(() -> notFinite(validation, "validation loss"));
    if (divergence.isPresent()) {
      return divergence.get();
    }
    if (loss.size() < FEWEST) {
      return Verdict.neutral(
          "Too early to say: only "
              + (loss.size() == 1 ? "one loss" : loss.size() + " losses")
              + " recorded so far.");
    }
    double first = loss.values()[0];
    double last = tailMean(loss.values());
    String fall =
        String.format(
            Locale.ROOT,
            "the training loss went from %s to %s",
            ReportNumbers.of(first),
            ReportNumbers.of(last));
    if (last >= first) {
      return Verdict.bad("Training did not work: " + fall + ".");
    }
    int spikes = spikes(loss.values());
    if (spikes > 0) {
      return Verdict.neutral(
          "Mostly stable: "
              + fall
              + ", but "
              + (spikes == 1 ? "once" : spikes + " times")
              + " it was more than twice that of the updates before.");
    }
    fall += gap(metrics);
    return judgedByLoss
        ? validation(validation, fall)
        : Verdict.good("Yes: " + fall + ", without spikes.");
  }

  /** Returns what the energy gap did, a clause; empty if it is not recorded. */
  private static String gap(MetricsHistory metrics) {
    MetricsHistory.Curve before = metrics.curve("firstEnergy");
    MetricsHistory.Curve after = metrics.curve("lastEnergy");
    int last = before.size() - 1;
    return before.size() < 2 || after.size() != before.size()
        ? ""
        : String.format(
            Locale.ROOT,
            ", the energy gap of thinking from %s to %s",
            ReportNumbers.of(before.values()[0] - after.values()[0]),
            ReportNumbers.of(before.values()[last] - after.values()[last]));
  }

  private static Optional<Verdict> notFinite(MetricsHistory.Curve curve, String name) {
    for (int i = 0; i < curve.size(); i++) {
      if (!Double.isFinite(curve.values()[i])) {
        return Optional.of(
            Verdict.bad(
                String.format(
                    Locale.ROOT,
                    "Training diverged: the %s is not a number from update %s on. A lower learning"
                        + " rate or step size usually helps.",
                    name,
                    ReportNumbers.of((long) curve.steps()[i]))));
      }
    }
    return Optional.empty();
  }

  private static Verdict validation(MetricsHistory.Curve validation, String fall) {
    if (validation.size() > 1) {
      double lowest = Arrays.stream(validation.values()).min().orElseThrow();
      double end = validation.values()[validation.size() - 1];
      if (end > lowest + RISE * Math.abs(lowest)) {
        return Verdict.neutral(
            String.format(
                Locale.ROOT,
                "Stable: %s without spikes; but the validation loss rose again from %s to %s, which"
                    + " means overfitting. The checkpoint 'best' is the better one.",
                fall,
                ReportNumbers.of(lowest),
                ReportNumbers.of(end)));
      }
    }
    return Verdict.good("Yes: " + fall + ", without spikes.");
  }

  private static double tailMean(double[] values) {
    int count = Math.max(1, values.length / 10);
    return Arrays.stream(values, values.length - count, values.length).average().orElseThrow();
  }

  /** Returns how often the loss rose to a multiple of the median of those just before it. */
  private static int spikes(double[] values) {
    int spikes = 0;
    boolean above = false;
    for (int i = FEWEST; i < values.length; i++) {
      double[] recent = Arrays.copyOfRange(values, Math.max(0, i - RECENT), i);
      Arrays.sort(recent);
      double median = recent[recent.length / 2];
      boolean now = median > 0 && values[i] > SPIKE * median;
      spikes += now && !above ? 1 : 0;
      above = now;
    }
    return spikes;
  }
}
