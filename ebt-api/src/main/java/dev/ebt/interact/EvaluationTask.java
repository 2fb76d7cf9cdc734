package dev.ebt.interact;

import dev.ebt.modality.Modality;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.RunParts;

/** A task read from a file, on which models are evaluated. */
public interface EvaluationTask {
  /** Returns the name of the task. */
  String name();

  /** Returns a readable description in one line: the file and its number of records. */
  String description();

  /** Returns the number of records. */
  int size();

  /** Returns the number of records of the file that are left out, as nothing answers them. */
  default int leftOut() {
    return 0;
  }

  /** Returns the plural noun, or mass noun, of the data it is for, such as {@code text}. */
  String subject();

  /** Returns whether models of this modality can be evaluated. */
  boolean supports(Modality modality);

  /** Returns a task with the first records only. */
  EvaluationTask limited(int limit);

  /**
   * Evaluates a model of a supported modality.
   *
   * @param rowsPerBatch the rows that are evaluated together
   * @param generate whether the model also generates answers, which takes far longer
   */
  TaskResults evaluate(RunParts model, ComputeBudgets budgets, int rowsPerBatch, boolean generate);
}
