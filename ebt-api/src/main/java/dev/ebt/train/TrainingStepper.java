package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.objective.StepwiseObjective;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.RandomStream;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A runner of training steps: compiles an objective, feeds it batches, and keeps parameters and
 * optimizer slots on the backend. A program is compiled once per batch size and plan of thinking
 * steps.
 */
public final class TrainingStepper implements AutoCloseable {
  static final String KEY = "key";
  static final String WEIGHT = "weight";
  static final String INITIAL = "initialCandidates";
  static final String RECALLED = "recalledCandidates";
  static final String FINAL_CANDIDATES = "finalCandidates";

  /**
   * The maximum number of thinking steps compiled into one program: run one by one, so few would
   * take up to a tenth longer; with more steps the difference does not matter.
   */
  static final int WHOLE_STEPS = 3;

  private final TrainingProblem trainingProblem;
  private final Backend backend;
  private final ParameterUpdateRule rule;
  private final long seed;
  private final List<ParameterSpec> specs;
  private final ReplayBuffers replayBuffers;
  private final TrainingPrograms programs;
  private final StepInputs inputs;
  private final int wholeSteps;
  private final SharedUpdates sharing;
  private @Nullable ProcessAverage average;
  private Map<String, Supplier<Array>> restored = Map.of();
  private long lastStep;
  private @Nullable Batch lastBatch;

  /**
   * Creates a stepper whose parameters have no values yet: see {@link #initialize}, or assign them.
   */
  public TrainingStepper(
      TrainingProblem trainingProblem, Backend backend, ParameterUpdateRule rule, long seed) {
    this(trainingProblem, backend, rule, seed, WHOLE_STEPS);
  }

  /** Creates a stepper of one of the processes that share a training. */
  public TrainingStepper(
      TrainingProblem trainingProblem,
      Backend backend,
      ParameterUpdateRule rule,
      long seed,
      SharedUpdates sharing) {
    this(trainingProblem, backend, rule, seed, WHOLE_STEPS, null, sharing);
  }

  /** Creates a stepper for a problem that may have been traced already. */
  public TrainingStepper(TracedObjective trace, Backend backend, long seed) {
    this(trace, backend, seed, SharedUpdates.alone());
  }

  /**
   * Creates a stepper of one of the processes that share a training, for a problem that may have
   * been traced already.
   */
  public TrainingStepper(TracedObjective trace, Backend backend, long seed, SharedUpdates sharing) {
    this(trace.problem(), backend, trace.rule(), seed, WHOLE_STEPS, trace, sharing);
  }

  /**
   * Creates a stepper that takes more thinking steps than {@code wholeSteps} one by one, where the
   * objective has a stepwise form.
   */
  public TrainingStepper(
      TrainingProblem trainingProblem,
      Backend backend,
      ParameterUpdateRule rule,
      long seed,
      int wholeSteps) {
    this(trainingProblem, backend, rule, seed, wholeSteps, null, SharedUpdates.alone());
  }

  private TrainingStepper(
      TrainingProblem trainingProblem,
      Backend backend,
      ParameterUpdateRule rule,
      long seed,
      int wholeSteps,
      @Nullable TracedObjective trace,
      SharedUpdates sharing) {
    this.sharing = sharing;
    this.wholeSteps = wholeSteps;
    this.trainingProblem = trainingProblem;
    this.backend = backend;
    this.rule = rule;
    this.seed = seed;
    this.specs = trace == null ? trainingProblem.parameters() : trace.parameters();
    int here = sharing.here();
    this.replayBuffers =
        new ReplayBuffers(
            trainingProblem.modality(),
            trainingProblem.regularizers(),
            sharing.processes().rank() * here,
            here,
            sharing.batches());
    this.programs =
        new TrainingPrograms(trainingProblem, backend, rule, specs, replayBuffers, trace);
    this.inputs = new StepInputs(trainingProblem, rule, specs, seed, programs);
  }

  /** Returns the parameters, in the order in which the model requests them. */
  public List<ParameterSpec> parameters() {
    return specs;
  }

  /** Returns the optimizer's slots, and the moving averages of the parameters if there are any. */
  public List<Variable> slots() {
    return UpdatePrograms.slots(rule, specs);
  }

  /** Returns all variables of the training: what another process needs to go on with it. */
  List<Variable> variables() {
    List<Variable> all = new ArrayList<>(slots());
    specs.forEach(spec -> all.add(spec.variable()));
    all.addAll(adapters().bases());
    return all;
  }

  /** Returns the processes that share the training. */
  ProcessGroup processes() {
    return sharing.processes();
  }

  /** Returns whether the processes are alike after an update. */
  boolean alikeAfter(long step) {
    return sharing.alikeAfter(step);
  }

  /** Returns the moving averages of the parameters, if there are any. */
  public WeightAverages averages() {
    return new WeightAverages(backend, specs, slots());
  }

  /** Initializes every parameter, as a function of seed and name, and the optimizer's slots. */
  public void initialize() {
    initialize(backend, specs, seed);
    UpdatePrograms.initialSlots(rule, specs)
        .forEach((slot, value) -> backend.assign(slot, Array.filled(slot.shape(), value)));
    initialize(backend, TrainedFactors.of(rule, specs), seed);
  }

  /** Returns the low-rank adapters; without any, nothing of it has an effect. */
  public Adapters adapters() {
    return new Adapters(backend, rule, specs);
  }

  /** Initializes parameters: each value depends only on the seed and the parameter's name. */
  public static void initialize(Backend backend, List<ParameterSpec> specs, long seed) {
    for (ParameterSpec spec : specs) {
      RandomGenerator random = RandomStream.PARAMETER.generator(seed, spec.name().hashCode());
      backend.assign(
          spec.variable(), Array.of(spec.shape(), spec.initializer().values(spec.shape(), random)));
    }
  }

  /**
   * Performs a training step.
   *
   * @param step number of the step, from 1: determines the learning rate and all randomness
   * @param batches of one size; several are equivalent to one larger batch. Of several processes,
   *     each has an equal share of them, and the first process has the first ones
   */
  public StepMetrics step(long step, List<Batch> batches) {
    return step(step, batches, () -> false).orElseThrow();
  }

  /**
   * Returns whether a step can be abandoned between two batches: additions to replay buffers cannot
   * be undone, and other processes do not abandon theirs.
   */
  public boolean stopsBetweenBatches() {
    return replayBuffers.none() && processes().size() == 1;
  }

  /**
   * Performs a training step that is abandoned between two batches when stopped, where that is
   * possible. The parameters are then unchanged.
   *
   * @return empty if the step was abandoned
   */
  public Optional<StepMetrics> step(long step, List<Batch> batches, BooleanSupplier stop) {
    return step(step, batches, stop, UpdateFilter.ALL);
  }

  /**
   * Performs a training step that is abandoned between two batches when stopped, where that is
   * possible. The parameters are then unchanged, as they are after a step that the filter leaves
   * out.
   *
   * <p>With local steps the update is one of this process alone, and its metrics are those of its
   * own batches. No filter can be active then.
   *
   * @return empty if the step was abandoned
   */
  public Optional<StepMetrics> step(
      long step, List<Batch> batches, BooleanSupplier stop, UpdateFilter filter) {
    if (sharing.local() && filter.isActive()) {
      throw new IllegalArgumentException("processes would leave out updates of their own");
    }
    ProcessGroup summing = sharing.summing();
    List<Integer> plan = inputs.plan(step);
    Map<String, Array> control = inputs.control(step);
    Optional<StepwiseObjective> stepwise = trainingProblem.stepwise(plan, wholeSteps);
    boolean accumulating =
        batches.size() > 1 || stepwise.isPresent() || filter.isActive() || summing.size() > 1;
    long first = StepInputs.firstBatch(step) + (long) processes().rank() * batches.size();
    StepSums sums = new StepSums();
    for (int i = 0; i < batches.size(); i++) {
      if (i > 0 && stopsBetweenBatches() && stop.getAsBoolean()) {
        programs.clearAccumulators();
        return Optional.empty();
      }
      long number = first + i;
      Batch fresh = inputs.paired(batches.get(i), number);
      Optional<ReplayRows> recalled =
          replayBuffers.recall(i, fresh.rows(), RandomStream.REPLAY.generator(seed, number));
      Batch batch = recalled.map(more -> fresh.concat(more.batch())).orElse(fresh);
      Map<String, Array> given = inputs.of(fresh, batch, number, control);
      recalled.ifPresent(more -> given.put(RECALLED, more.candidates()));
      int more = recalled.map(ReplayRows::rows).orElse(0);
      Map<String, Array> outputs =
          stepwise.isPresent()
              ? programs
                  .stepByStep(fresh.rows(), more, stepwise.get())
                  .learn(plan, given, replayBuffers.kept(fresh.rows(), more))
              : new HashMap<>(programs.program(fresh.rows(), more, plan, accumulating).run(given));
      if (!replayBuffers.none()) {
        int kept = replayBuffers.kept(fresh.rows(), more);
        replayBuffers.keep(
            i,
            new ReplayRows(batch.slice(0, kept), Required.of(outputs, FINAL_CANDIDATES)),
            fresh.rows());
        outputs.remove(FINAL_CANDIDATES);
      }
      sums.add(outputs);
    }
    programs.sumAccumulators(summing);
    sums.sumOver(summing);
    if (filter.isActive()) {
      StepMetrics metrics = sums.with(programs.norm().run(Map.of())).metrics();
      if (filter.skips(step, metrics)) {
        programs.clearAccumulators();
        return Optional.of(metrics);
      }
    }
    if (accumulating) {
      sums = sums.with(programs.move().run(control));
    }
    if (sharing.averagesAfter(step)) {
      average().take();
    }
    lastStep = step;
    lastBatch = batches.get(0);
    return Optional.of(sums.metrics());
  }

  private ProcessAverage average() {
    if (average == null) {
      average = new ProcessAverage(processes(), backend, rule, specs);
    }
    return average;
  }

  /**
   * Returns the gradient of the loss for each parameter that is trained, before clipping, at the
   * present parameters and for the first batch of the last step, without rows from replay buffers.
   * Nothing of the training changes. A program is compiled for it where the training itself does
   * not accumulate gradients.
   *
   * @return by name of the parameter; empty before the first step
   */
  public Map<String, Array> gradients() {
    if (lastBatch == null) {
      return Map.of();
    }
    long number = StepInputs.firstBatch(lastStep);
    Batch batch = inputs.paired(lastBatch, number);
    List<Integer> plan = inputs.plan(lastStep);
    Map<String, Array> given = inputs.of(batch, batch, number, inputs.control(lastStep));
    Optional<StepwiseObjective> stepwise = trainingProblem.stepwise(plan, wholeSteps);
    if (stepwise.isPresent()) {
      programs.stepByStep(batch.rows(), 0, stepwise.get()).learn(plan, given, 0);
    } else {
      programs.program(batch.rows(), 0, plan, true).run(given);
    }
    return programs.takeAccumulated();
  }

  /** Returns the learning rate of ordinary parameters at a step. */
  public double learningRate(long step) {
    return inputs.rates().rate(step, ParameterSpec.Traits.WEIGHT);
  }

  /** Returns the peak learning rate of ordinary parameters. */
  public double peakLearningRate() {
    return inputs.rates().learningRate();
  }

  /** Sets the peak learning rate of ordinary parameters from the next update on. */
  public void useLearningRate(double peak) {
    inputs.useLearningRate(peak);
  }

  /** Returns whether rows are kept from one step to the next. */
  public boolean hasReplayBuffers() {
    return !replayBuffers.none();
  }

  /**
   * Returns the contents of this process's replay buffers for a checkpoint, to be read one array at
   * a time between steps.
   */
  public Map<String, Supplier<Array>> replayState() {
    return replayBuffers.state();
  }

  /** Restores replay buffers from a checkpoint, which has those of all processes. */
  public void restore(Map<String, Supplier<Array>> saved) {
    replayBuffers.restore(saved);
    if (processes().size() > 1) {
      restored = saved;
    }
  }

  /**
   * Returns what replay buffers were restored from, to be sent to other processes; empty if they
   * begin empty or there are no others.
   */
  Map<String, Supplier<Array>> restored() {
    return restored;
  }

  /** Releases what {@link #restored} returns, once all processes have it. */
  void forgetRestored() {
    restored = Map.of();
  }

  /** Returns a line for each replay buffer with its capacity. */
  public List<String> replayDescriptions() {
    return replayBuffers.descriptions();
  }

  /** Returns the total size of the compiled programs, in operations of the backend. */
  public int operations() {
    return programs.operations();
  }

  /** Frees the programs and replay buffers; parameters and slots stay on the backend. */
  @Override
  public void close() {
    programs.close();
    if (average != null) {
      average.close();
    }
    replayBuffers.close();
  }
}
