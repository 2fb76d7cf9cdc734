package dev.ebt.run;

import dev.ebt.objective.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The length of the trajectory of many small thinking steps: their number times the step size.
 * Where training takes no steps, a prediction needs the length that the number of steps of the
 * trained objective has. Another number alone ends before the target, or beyond it.
 */
public final class PathLength {
  private PathLength() {}

  /**
   * Returns a warning for numbers of steps the greatest of which has a trajectory of another length
   * than the number that the stored configuration of the run has; empty if the length is the same,
   * or if a stopping rule, or a step size or optimizer that is set by hand, decides it.
   *
   * @param steps the numbers of steps, at least one
   */
  public static Optional<String> warning(TrainedModel model, List<Integer> steps) {
    RunParts parts = model.parts();
    Objective objective = parts.objective();
    int own = model.trainedSteps();
    int most = steps.stream().mapToInt(number -> number).max().orElse(own);
    boolean small = parts.thinks() && objective.stepPlan(parts.thinking()).isEmpty() && own > 0;
    boolean decided =
        parts.thinking().stop() != null
            || parts.thinking().hyperparameters().trajectorySteps() != null
            || parts.overrides().at("thinking.stepSize").isPresent()
            || !parts.overrides().within("thinking.optimizer").isEmpty();
    if (!small || decided || most == own || most == 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d steps of size %s go %s times as far as the %d of this run; --set"
                + " thinking.trajectorySteps=%d scales the size so that any number goes as far",
            most,
            number(parts.thinking().hyperparameters().stepSize()),
            number((double) most / own),
            own,
            own));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }
}
