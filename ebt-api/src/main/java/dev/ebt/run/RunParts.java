package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.config.Overrides;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.MetricSet;
import dev.ebt.modality.Modality;
import dev.ebt.monitor.Monitor;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.objective.Objective;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.InitialWeights;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.plugin.MonitorNames;
import dev.ebt.plugin.RunArtifacts;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.predict.DefaultStepCounts;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.think.ScaledPredictors;
import dev.ebt.think.Thinker;
import dev.ebt.train.ParameterUpdateRule;
import dev.ebt.train.TracedObjective;
import dev.ebt.train.TrainingMemory;
import dev.ebt.train.TrainingProblem;
import dev.ebt.train.TrainingSettings;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The wired parts that a configuration names. Data is read on first use. */
public final class RunParts {
  private final Backend backend;
  private final Modality modality;
  private final Model model;
  private final ModelFamily family;
  private final Objective objective;
  private final ParameterUpdateRule updateRule;
  private final ThinkingMethod thinking;
  private final List<Regularizer> regularizers;
  private final MetricSet metrics;
  private final List<Monitor> monitors;
  private final MonitorNames monitorNames;
  private final Supplier<Dataset> reading;
  private final Overrides overrides;
  private final Supplier<InitialWeights> initialWeights;
  private RunArtifacts artifacts;
  private final RunPredictors runPredictors = new RunPredictors(this);
  private ProcessGroup processes = ProcessGroup.alone();
  private @Nullable Dataset dataset;
  private @Nullable TracedObjective trainingTrace;

  /** Creates the parts of a run; called by the injector. */
  @Inject
  RunParts(
      Backend backend,
      Modality modality,
      Model model,
      ModelFamily family,
      Objective objective,
      ParameterUpdateRule updateRule,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      MetricSet metrics,
      List<Monitor> monitors,
      MonitorNames monitorNames,
      Supplier<Dataset> reading,
      Overrides overrides,
      Supplier<InitialWeights> initialWeights,
      Provider<RunArtifacts> artifacts) {
    this.backend = backend;
    this.modality = modality;
    this.model = model;
    this.family = family;
    this.objective = objective;
    this.updateRule = updateRule;
    this.thinking = thinking;
    this.regularizers = regularizers;
    this.metrics = metrics;
    this.monitors = monitors;
    this.monitorNames = monitorNames;
    this.reading = reading;
    this.overrides = overrides;
    this.initialWeights = initialWeights;
    thinking.energies().forEach(term -> term.values().forEach(backend::assign));
    // Requested last, since the artifacts are those of the parts created so far.
    this.artifacts = artifacts.get();
  }

  /** Returns the configuration of the parts, with the settings of those fitted to the data. */
  public RunConfiguration configuration() {
    return artifacts.configuration();
  }

  /** Changes the learning rate that {@link #configuration} has. */
  void changeLearningRate(double rate) {
    RunConfiguration now = artifacts.configuration();
    artifacts =
        new RunArtifacts(
            now.withTraining(now.training().withLearningRate(rate)), artifacts.files());
  }

  /** Returns the values that were set by hand for this run, over those of its recipe or file. */
  public Overrides overrides() {
    return overrides.byHand();
  }

  /**
   * Returns the folder of the run whose weights this one begins with, if there is one.
   *
   * @throws UserException if it is a bundled model that cannot be unpacked, or nearly its name
   */
  Optional<Path> initialWeights() {
    return Optional.ofNullable(initialWeights.get().run());
  }

  /**
   * Returns the files to store with the run beside its configuration, by their paths in its folder.
   */
  public Map<String, byte[]> files() {
    return artifacts.files();
  }

  /** Returns the monitors of the training, in the order they are notified. */
  public List<Monitor> monitors() {
    return monitors;
  }

  /** Returns the name of each monitor as a part. */
  List<String> monitorNames() {
    return monitorNames.names();
  }

  /** Returns the compute backend. */
  public Backend backend() {
    return backend;
  }

  /**
   * Joins the processes that share the training. The caller closes the group before the parts.
   *
   * @throws UserException if the backend cannot, or a process does not answer
   */
  ProcessGroup join(Cluster cluster) {
    processes = backend.join(cluster);
    return processes;
  }

  /** Goes on with processes that other parts of this process have joined. */
  void take(ProcessGroup joined) {
    joined.use(backend);
    processes = joined;
  }

  /** Returns the processes that share the training. */
  public ProcessGroup processes() {
    return processes;
  }

  /** Returns the modality: the kind of data. */
  public Modality modality() {
    return modality;
  }

  /** Returns the model to train. */
  public Model model() {
    return model;
  }

  /** Returns the objective that training minimises. */
  public Objective objective() {
    return objective;
  }

  /** Returns the rule by which gradients update the parameters. */
  public ParameterUpdateRule updateRule() {
    return updateRule;
  }

  /**
   * Returns the dataset, which the first call reads.
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

  /** Returns the thinking: how candidates are updated. */
  public ThinkingMethod thinking() {
    return thinking;
  }

  /**
   * Returns these parts with another way of thinking, such as another stopping rule. They share the
   * model and everything else.
   *
   * @throws UserException if the model cannot predict in this way
   */
  public RunParts thinkingBy(ThinkingMethod method) {
    RunParts other =
        new RunParts(
            backend,
            modality,
            model,
            family,
            objective,
            updateRule,
            method,
            regularizers,
            metrics,
            monitors,
            monitorNames,
            reading,
            overrides,
            initialWeights,
            () -> artifacts);
    family.checkPrediction(other.setup());
    return other;
  }

  /**
   * Returns these parts without a repulsion between candidates, for uses that begin several of a
   * context and measure each by itself.
   */
  RunParts withoutRepulsion() {
    return thinking.repel() == null ? this : thinkingBy(thinking.repelledBy(null));
  }

  /**
   * Returns these parts with a factor on the step size of thinking. They share the compiled
   * programs.
   */
  public RunParts scaledBy(double stepSizeScale) {
    RunParts other = thinkingBy(thinking);
    other.runPredictors.replace(new ScaledPredictors(predictors(), stepSizeScale));
    return other;
  }

  /** Returns the family of the model: how it predicts, and in how many steps. */
  public ModelFamily family() {
    return family;
  }

  /** Returns the model with the parts that it is trained and used with. */
  public ConfiguredModel setup() {
    return new ConfiguredModel(
        configuration(),
        backend,
        new TrainingProblem(modality, model, objective, thinking, regularizers));
  }

  /** Returns the parameters of the training problem. */
  public List<ParameterSpec> parameters() {
    return trainingTrace().parameters();
  }

  /** Returns the trace of the training problem, which is made once. */
  public TracedObjective trainingTrace() {
    TracedObjective trace = trainingTrace;
    if (trace == null) {
      TrainingSettings training = configuration().training();
      ConfiguredModel setup = setup();
      trace =
          new TracedObjective(
              setup.problem(),
              () -> family.parameters(setup),
              updateRule,
              training.batch(),
              training.accumulate() > 1);
      trainingTrace = trace;
    }
    return trace;
  }

  /** Discards what was derived from the modality, which has other fitted values now. */
  void refitted() {
    trainingTrace().discard();
    runPredictors.discard();
  }

  /**
   * Returns a thinking session for a number of rows; the caller closes it. Sessions of the same
   * numbers share their compiled programs.
   *
   * @throws UserException if the model does not think
   */
  public Thinker thinker(int rows) {
    return runPredictors.thinker(rows);
  }

  /** Returns whether the model thinks, that is, has an energy. */
  public boolean thinks() {
    return family.thinks();
  }

  /** Returns a predictor for a number of rows; the caller closes it. */
  public Predictor predictor(int rows) {
    return runPredictors.predictor(rows);
  }

  /**
   * Returns a predictor for a number of rows that can hold elements of candidates fixed, such as
   * the known pixels of an image; the caller closes it.
   *
   * @throws UserException if the model cannot
   */
  public Predictor holdingPredictor(int rows) {
    return runPredictors.holding(rows);
  }

  /**
   * Returns the energies of given targets, for a number of rows, which the caller closes; empty for
   * a model without an energy.
   */
  public Optional<TargetEnergies> targetEnergies(int rows) {
    return family.targetEnergies(setup(), rows);
  }

  /** Returns the source of predictors, without the metrics that the configuration names. */
  public Predictors predictors() {
    return runPredictors.all();
  }

  /** Returns the default numbers of steps. */
  public DefaultStepCounts steps() {
    return family.stepCounts(setup());
  }

  /**
   * Checks that the model can be evaluated with a compute budget, before anything is computed.
   *
   * @throws UserException if it has no such steps, has no energies to select candidates by, or all
   *     its candidates are equal, or if a selection is set by hand and there is one candidate
   */
  public void check(ComputeBudgets budgets) {
    ConfigurationRules.checkSelects(this, Collections.max(budgets.candidates()));
    family.check(setup(), budgets);
  }

  /**
   * Checks that thinking can end once energies change by less than a tolerance.
   *
   * @param option the option that sets the tolerance, in messages
   * @param tolerance more than 0
   * @throws UserException if the model has no energy or other energies at each step, or if
   *     thinking.stop is set
   */
  public void checkTolerance(String option, double tolerance) {
    ConfigurationRules.checkTolerance(this, option, tolerance);
  }

  /** Returns the number of trainable scalars of the model. */
  public long parameterCount() {
    return parameters().stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  /** Returns the memory that training will take on the device. */
  public TrainingMemory trainingMemory() {
    return trainingTrace().memory();
  }

  /** Returns the metrics: those of the modality, and those that the configuration names. */
  public MetricSet metrics() {
    return metrics;
  }

  /** Returns the regularizers: hooks into thinking. */
  public List<Regularizer> regularizers() {
    return regularizers;
  }
}
