package dev.ebt.train;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.modality.Dataset;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.think.PredictionEvaluator;
import java.util.List;

/**
 * The evaluation of the validation rows of a training, with the weights that the trained model is
 * used with: their moving average, if there is one. Processes share the rows.
 *
 * @param evaluatedSteps the numbers of thinking steps; the last one determines the validation loss
 */
public record Validation(
    TrainingStepper stepper,
    Dataset dataset,
    PredictionEvaluator evaluator,
    List<Integer> evaluatedSteps,
    TrainingSettings settings,
    long seed) {
  /** Copies the list. */
  public Validation {
    evaluatedSteps = List.copyOf(evaluatedSteps);
  }

  /**
   * Evaluates this process's share of the rows. Every process has to call this.
   *
   * @return loss and energy by number of thinking steps, in the first process
   * @throws dev.ebt.backend.LostProcessException if another process is lost
   */
  public List<EvaluationResult> run() {
    return run(stepper.processes());
  }

  /** Evaluates all rows in this process, and returns loss and energy by number of steps. */
  List<EvaluationResult> runAlone() {
    return run(ProcessGroup.alone());
  }

  private List<EvaluationResult> run(ProcessGroup processes) {
    return stepper
        .averages()
        .during(
            () ->
                evaluator.evaluate(
                    dataset.validation(),
                    settings.validationRows(),
                    evaluatedSteps,
                    seed,
                    processes));
  }
}
