package dev.ebt.run;

import dev.ebt.objective.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The length of the way that many small thinking steps go: their number times the step size. Where
 * training takes no steps, such as with objective matching, a prediction needs the length that the
 * objective's own number of steps has. Another number alone ends before the target, or goes on
 * beyond it.
 */
public final class PathLength {
  private PathLength() {}

  /**
   * Returns a warning for numbers of steps the greatest of which goes another way than the
   * objective's; empty if it goes the same, or if a stopping rule or a step size or optimizer that
   * is set by hand decides it.
   *
   * @param steps the numbers of steps, at least one
   */
  public static Optional<String> warning(RunParts parts, List<Integer> steps) {
    Objective objective = parts.objective();
    int own = objective.predictionPlan(parts.thinking()).size();
    int most = steps.stream().mapToInt(number -> number).max().orElse(own);
    boolean small = parts.thinks() && objective.stepPlan(parts.thinking()).isEmpty() && own > 0;
    boolean decided =
        parts.thinking().stop() != null
            || parts.overrides().at("thinking.stepSize").isPresent()
            || !parts.overrides().within("thinking.optimizer").isEmpty();
    if (!small || decided || most == own || most == 0) {
      return Optional.empty();
    }
    double stepSize = parts.thinking().hyperparameters().stepSize();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d steps of size %s go %s times as far as the %d of this run; --set"
                + " thinking.stepSize=%s goes as far",
            most,
            number(stepSize),
            number((double) most / own),
            own,
            number(stepSize * own / most)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }
}
