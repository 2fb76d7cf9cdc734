package dev.ebt.train;

import dev.ebt.think.Evaluation;
import java.util.List;

/** What is told while training goes on. */
public interface TrainingListener {
  /**
   * A part of the training begins, which ends when the next one does.
   *
   * @param step the update that it is, or comes after
   */
  default void starting(TrainingPhase phase, long step) {}

  /** A step was done. */
  default void stepped(long step, TrainingStepper.StepMetrics figures) {}

  /** The model was judged after this step; one result per number of thinking steps, increasing. */
  default void validated(long step, List<Evaluation.Result> results) {}

  /**
   * It is time to save.
   *
   * @param results of the validation after this step; empty if there was none
   */
  default void checkpoint(long step, List<Evaluation.Result> results) {}
}
