package dev.ebt.run;

/** A listener to the progress of an {@link EvaluationJob}. */
public interface EvaluationListener {
  /**
   * Called before a model is evaluated.
   *
   * @param data a description of its data in one line
   * @param rows the number of examples to evaluate
   * @param available the number of available examples
   */
  default void begun(EvaluatedModel model, String data, int rows, int available) {}

  /**
   * Called before the results of a model where its settings give poor ones.
   *
   * @param warning one or two sentences for a person
   */
  default void warned(EvaluatedModel model, String warning) {}

  /** Called with the results of each model as soon as they are known. */
  default void finished(EvaluationJob.Result result) {}
}
