package dev.ebt.regularizers;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.regularize.Regularizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A random number of thinking steps (arXiv 2507.02092, section 3.3): each step of the plan, or only
 * the final one, is repeated r times in its landscape,
 *
 * <pre>
 * r ~ uniform on {max(minimum, 1), …, R + 1}
 * </pre>
 *
 * <p>r is drawn independently for each step of the plan, once for all rows of a training step. With
 * a plan that visits every landscape once, the default, this is the published step list, whose
 * upper end is R + 1. Each distinct list is compiled separately: if each of M steps is repeated,
 * there are up to (R + 1)^M of them. Applied in training only; evaluation takes all R + 1 final
 * steps.
 *
 * @param extra R, the maximum number of steps beyond one; 2, as published
 * @param minimum minimum number of repetitions; 1, which 0 is equivalent to, as published
 * @param finalOnly whether all steps but the final one are taken once; false
 */
public record RandomStepCount(Integer extra, Integer minimum, Boolean finalOnly)
    implements Regularizer {
  private static final int MOST = 1000;

  /** Fills in defaults and rejects invalid values. */
  public RandomStepCount {
    extra = requireNonNullElse(extra, 2);
    minimum = requireNonNullElse(minimum, 1);
    finalOnly = requireNonNullElse(finalOnly, false);
    if (extra < 0 || extra > MOST) {
      throw new SettingException(
          "extra", "is " + extra + "; a number from 0 to " + MOST + " expected");
    }
    if (minimum < 0 || minimum > extra + 1) {
      throw new SettingException(
          "minimum",
          String.format(
              Locale.ROOT,
              "is %d; a number from 0 to extra + 1 = %d expected",
              minimum,
              extra + 1));
    }
  }

  @Override
  public List<Integer> stepPlan(List<Integer> plan, RandomGenerator random) {
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      boolean once = finalOnly && i < plan.size() - 1;
      int times = once ? 1 : random.nextInt(Math.max(minimum, 1), extra + 2);
      repeated.addAll(Collections.nCopies(times, plan.get(i)));
    }
    return repeated;
  }

  /** Returns, as published, every step once and the final one as often as it can be repeated. */
  @Override
  public List<Integer> evaluationStepPlan(List<Integer> plan) {
    List<Integer> longest = new ArrayList<>(plan);
    if (!plan.isEmpty()) {
      longest.addAll(Collections.nCopies(extra, plan.get(plan.size() - 1)));
    }
    return longest;
  }
}
