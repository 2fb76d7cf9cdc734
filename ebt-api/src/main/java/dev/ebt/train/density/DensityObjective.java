package dev.ebt.train.density;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.step.ThinkingMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An objective that makes e^−E the density of the data instead of training predictions. It takes no
 * thinking steps in training unless it says so; those of a prediction are steps of a sampler, whose
 * result no loss of the modality judges.
 */
public interface DensityObjective extends Objective {
  /** Returns the number of thinking steps of a prediction after training. */
  Integer steps();

  @Override
  default List<Integer> stepPlan(ThinkingMethod thinking) {
    return List.of();
  }

  @Override
  default List<Integer> predictionPlan(ThinkingMethod thinking) {
    return thinking.plan(steps());
  }

  @Override
  default boolean judgedByLoss(Modality modality) {
    return false;
  }

  /**
   * Returns a number of thinking steps, 100 by default.
   *
   * @throws SettingException if it is not positive
   */
  static int checkedSteps(@Nullable Integer steps) {
    return atLeastOne("steps", requireNonNullElse(steps, 100));
  }

  /**
   * Returns the value of a setting that is a count.
   *
   * @throws SettingException if it is not positive
   */
  static int atLeastOne(String setting, int value) {
    if (value < 1) {
      throw SettingException.of(setting, value, "at least 1");
    }
    return value;
  }
}
