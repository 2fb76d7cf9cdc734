package dev.ebt.optimize;

/**
 * A learning rate as a function of the step: a part by name, {@code schedule} in configurations.
 *
 * <p>Every group of parameters has a peak rate of its own. A schedule is a pure function, so that a
 * resumed run has the rates of one that never stopped.
 *
 * <p>A settings record with a component {@code decaySteps} receives {@code training.steps} for it
 * where a configuration leaves it out.
 */
public interface LearningRateSchedule {
  /**
   * Returns the learning rate of a step: finite, 0 or more, and proportional to the peak.
   *
   * @param step the number of the update, from 1; 0 stands for the state before the first
   * @param peak the peak learning rate of the group of parameters, 0 or more
   */
  double rate(long step, double peak);

  /**
   * Returns whether a step belongs to the warm-up, in which parameters that are {@linkplain
   * dev.ebt.nn.ParameterSpec.Traits#late() trained late} have no learning rate.
   */
  default boolean warmsUp(long step) {
    return false;
  }
}
