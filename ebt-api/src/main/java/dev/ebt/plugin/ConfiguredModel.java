package dev.ebt.plugin;

import dev.ebt.backend.Backend;
import dev.ebt.energy.Model;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.train.TrainingProblem;
import java.util.List;

/**
 * A model with the parts of a run that it is trained and used with.
 *
 * @param configuration the configuration that names the parts
 * @param backend holds the parameters and runs the programs
 * @param problem the model and the parts that shape its training
 */
public record ConfiguredModel(
    RunConfiguration configuration, Backend backend, TrainingProblem problem) {

  /** Returns the modality. */
  public Modality modality() {
    return problem.modality();
  }

  /** Returns the model. */
  public Model model() {
    return problem.model();
  }

  /** Returns the objective that training minimises. */
  public Objective objective() {
    return problem.objective();
  }

  /** Returns the way of thinking. */
  public ThinkingMethod thinking() {
    return problem.thinking();
  }

  /** Returns the regularizers: hooks into thinking. */
  public List<Regularizer> regularizers() {
    return problem.regularizers();
  }
}
