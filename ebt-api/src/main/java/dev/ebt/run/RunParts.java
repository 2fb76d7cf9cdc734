package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.diffusion.DiffusionPredictor;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.energy.PredictionModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.Optimizer;
import dev.ebt.plugin.RunArtifacts;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.regularize.Regularizer;
import dev.ebt.think.DirectPredictor;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import dev.ebt.think.SelfVerification;
import dev.ebt.think.Thinker;
import dev.ebt.think.Thinking;
import dev.ebt.train.Objective;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts that a configuration names, wired. Data is read when first asked for. */
public final class RunParts {
  private final Backend backend;
  private final Modality modality;
  private final Model model;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Thinking thinking;
  private final List<Regularizer> regularizers;
  private final Supplier<Dataset> reading;
  private final RunArtifacts kept;
  private @Nullable Dataset dataset;
  private @Nullable TrainingMemory trainingMemory;

  /** Gets its parts from the injector. */
  @Inject
  RunParts(
      Backend backend,
      Modality modality,
      Model model,
      Objective objective,
      Optimizer optimizer,
      Thinking thinking,
      List<Regularizer> regularizers,
      Supplier<Dataset> reading,
      Provider<RunArtifacts> kept) {
    this.backend = backend;
    this.modality = modality;
    this.model = model;
    this.objective = objective;
    this.optimizer = optimizer;
    this.thinking = thinking;
    this.regularizers = regularizers;
    this.reading = reading;
    // Now that the parts are made they know.
    this.kept = kept.get();
  }

  /** What the parts were made of, with the settings of those that were learnt. */
  public RunConfiguration configuration() {
    return kept.configuration();
  }

  /** What the run has to keep beside its configuration, by paths in its folder. */
  public Map<String, byte[]> files() {
    return kept.files();
  }

  /** What computes. */
  public Backend backend() {
    return backend;
  }

  /** The kind of data. */
  public Modality modality() {
    return modality;
  }

  /** What is learnt. */
  public Model model() {
    return model;
  }

  /** What training minimises. */
  public Objective objective() {
    return objective;
  }

  /** How parameters move. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * The data, read at the first call.
   *
   * @throws UserException if it cannot be read, or does not fit the modality
   */
  public Dataset dataset() {
    if (dataset == null) {
      Dataset read = reading.get();
      ShapeCheck.check(
          read, configuration().data().name(), modality, configuration().modality().name());
      dataset = read;
    }
    return dataset;
  }

  /** How candidates move. */
  public Thinking thinking() {
    return thinking;
  }

  /** What training teaches. */
  public TrainingProblem lessons() {
    return new TrainingProblem(modality, model, objective, thinking(), regularizers);
  }

  /** The parameters of the model, as learning asks for them. */
  public List<ParameterSpec> parameters() {
    return lessons().parameters();
  }

  /** How many thinking steps a model trained so is meant to take. */
  public int trainedSteps() {
    List<Integer> plan = objective.stepPlan(thinking());
    for (Regularizer regularizer : regularizers) {
      plan = regularizer.evaluationStepPlan(plan);
    }
    return plan.size();
  }

  /**
   * A thinker for so many rows; its caller closes it.
   *
   * @throws UserException if the model has no energy to think with
   */
  public Thinker thinker(int rows) {
    if (!(model instanceof EnergyModel energy)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "model '%s' has no energy, so there is nothing to think with",
              configuration().model().name()));
    }
    return new Thinker(backend, modality, energy, thinking(), regularizers, rows);
  }

  /** Whether the model thinks: it has an energy. */
  public boolean thinks() {
    return model instanceof EnergyModel;
  }

  /** What makes candidates for so many rows; its caller closes it. */
  public Predictor predictor(int rows) {
    if (model instanceof PredictionModel direct) {
      return new DirectPredictor(backend, modality, direct, rows);
    }
    return model instanceof DenoisingModel denoising
        ? new DiffusionPredictor(backend, modality, denoising, StepCounts.sampling(this), rows)
        : thinker(rows);
  }

  /** The numbers of steps to look at when nobody says which. */
  public StepCounts steps() {
    return StepCounts.of(this);
  }

  /**
   * Makes sure that the model can be evaluated so, before anything is computed.
   *
   * @throws UserException if it has no such steps, no energies to choose candidates by, or only
   *     candidates that are all the same
   */
  public void check(Evaluation.ComputeBudget effort) {
    StepCounts.check(this, effort);
    int most = Collections.max(effort.candidates());
    if (most > 1 && thinks() && !modality.startsDiffer()) {
      try (Thinker thinker = thinker(1)) {
        SelfVerification.requireDifferent(thinker, most);
      }
    }
  }

  /** How many numbers the model learns. */
  public long parameterCount() {
    return parameters().stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  /** How much memory training will take on the device. */
  public TrainingMemory trainingMemory() {
    if (trainingMemory == null) {
      TrainingSettings training = configuration().training();
      trainingMemory =
          TrainingMemory.of(
              lessons(),
              optimizer,
              configuration().compatibility(),
              training.clip(),
              training.batch(),
              training.accumulate() > 1);
    }
    return trainingMemory;
  }

  /** The hooks into thinking. */
  public List<Regularizer> regularizers() {
    return regularizers;
  }
}
