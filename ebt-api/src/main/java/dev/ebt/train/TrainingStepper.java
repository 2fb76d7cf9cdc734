package dev.ebt.train;

import dev.ebt.backend.Backend;
import dev.ebt.modality.Batch;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.Optimizer;
import dev.ebt.regularize.Regularizer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import dev.ebt.train.UpdatePrograms.Totals;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One training step after another: compiles what an objective teaches, feeds it batches, keeps
 * parameters and optimizer slots on the backend. A program is compiled once per batch size and plan
 * of thinking steps.
 */
public final class TrainingStepper implements AutoCloseable {
  static final String KEY = "key";
  static final String WEIGHT = "weight";
  static final String RECALLED = "recalledCandidates";
  static final String KEPT = "keptCandidates";

  /** Streams of the run's seed; epochs of the shuffle count up from 0. */
  private static final long PARAMETERS = 1L << 40;

  /**
   * So many thinking steps are one program: one by one they would take up to a tenth longer here,
   * and of more steps no longer that it matters.
   */
  static final int WHOLE_STEPS = 3;

  private static final long PLANS = 1L << 41;
  private static final long RECALLS = 1L << 42;

  private final TrainingProblem lessons;
  private final Backend backend;
  private final Optimizer optimizer;
  private final LearningRateSchedule schedule;
  private final long seed;
  private final List<ParameterSpec> specs;
  private final ReplayBuffers memories;
  private final TrainingPrograms programs;
  private final int wholeSteps;

  /** A teacher whose parameters have no values yet: see {@link #initialize}, or assign them. */
  public TrainingStepper(
      TrainingProblem lessons,
      Backend backend,
      Optimizer optimizer,
      LearningRateSchedule schedule,
      double clip,
      long seed) {
    this(lessons, backend, optimizer, schedule, clip, seed, WHOLE_STEPS);
  }

  /**
   * The same, which teaches more thinking steps than {@code wholeSteps} one by one where the
   * objective can be taught so, as it would many.
   */
  public TrainingStepper(
      TrainingProblem lessons,
      Backend backend,
      Optimizer optimizer,
      LearningRateSchedule schedule,
      double clip,
      long seed,
      int wholeSteps) {
    this.wholeSteps = wholeSteps;
    this.lessons = lessons;
    this.backend = backend;
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.seed = seed;
    this.specs = lessons.parameters();
    this.memories = new ReplayBuffers(lessons.modality(), lessons.regularizers());
    this.programs =
        new TrainingPrograms(
            lessons, backend, optimizer, schedule.compatibility(), clip, specs, !memories.none());
  }

  /** The parameters, in the order in which the model asks for them. */
  public List<ParameterSpec> parameters() {
    return specs;
  }

  /** What the optimizer remembers. */
  public List<Variable> slots() {
    return UpdatePrograms.slots(optimizer, schedule.compatibility(), specs);
  }

  /**
   * Gives every parameter its first value, a function of seed and name, and clears the optimizer.
   */
  public void initialize() {
    initialize(backend, specs, seed);
    UpdatePrograms.initialSlots(optimizer, schedule.compatibility(), specs)
        .forEach(backend::assign);
  }

  /** Gives parameters their first values: each depends on the seed and its own name only. */
  public static void initialize(Backend backend, List<ParameterSpec> specs, long seed) {
    for (ParameterSpec spec : specs) {
      RandomGenerator random = Philox.generator(seed, PARAMETERS + spec.name().hashCode());
      backend.assign(
          spec.variable(), Array.of(spec.shape(), spec.initializer().values(spec.shape(), random)));
    }
  }

  /**
   * One training step.
   *
   * @param step number of the step, from 1: decides the learning rate and all randomness
   * @param batches of one size; several are learnt from as if they were one
   */
  public StepMetrics step(long step, List<Batch> batches) {
    return step(step, batches, () -> false).orElseThrow();
  }

  /** Whether a step can be given up between two batches: what was remembered stays remembered. */
  public boolean stopsBetweenBatches() {
    return memories.none();
  }

  /**
   * One training step that is given up between two batches when told to stop, where that is
   * possible. Parameters are then as they were before it.
   *
   * @return nothing if it was given up
   */
  public Optional<StepMetrics> step(long step, List<Batch> batches, BooleanSupplier stop) {
    List<Integer> plan = plan(step);
    Map<String, Array> control = control(step);
    Optional<StepwiseObjective> stepwise = lessons.stepwise(plan, wholeSteps);
    boolean accumulating = batches.size() > 1 || stepwise.isPresent();
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = 0; i < batches.size(); i++) {
      if (i > 0 && stopsBetweenBatches() && stop.getAsBoolean()) {
        programs.clearAccumulators();
        return Optional.empty();
      }
      Batch fresh = batches.get(i);
      long number = step * 65536 + i;
      Optional<ReplayRows> recalled =
          memories.recall(fresh.rows(), Philox.generator(seed, RECALLS + number));
      Batch batch = recalled.map(more -> fresh.concat(more.batch())).orElse(fresh);
      Map<String, Array> inputs = new HashMap<>(control);
      inputs.putAll(batch.context());
      inputs.put(lessons.target().name(), batch.target());
      inputs.put(WEIGHT, batch.weight());
      inputs.put(KEY, Array.of(Shape.of(2), seed, number));
      recalled.ifPresent(more -> inputs.put(RECALLED, more.candidates()));
      int more = recalled.map(ReplayRows::rows).orElse(0);
      Map<String, Array> outputs =
          stepwise.isPresent()
              ? programs
                  .stepByStep(fresh.rows(), more, stepwise.get())
                  .learn(plan, inputs, memories.none() ? 0 : fresh.rows())
              : new HashMap<>(programs.program(fresh.rows(), more, plan, accumulating).run(inputs));
      if (!memories.none()) {
        memories.keep(new ReplayRows(fresh, outputs.remove(KEPT)));
      }
      outputs.forEach((name, value) -> sums.merge(name, value.item(), Double::sum));
    }
    if (accumulating) {
      programs.move().run(control).forEach((name, value) -> sums.put(name, value.item()));
    }
    return Optional.of(StepMetrics.of(sums));
  }

  /** The landscape of each thinking step, as regularizers draw it for a training step. */
  private List<Integer> plan(long step) {
    List<Integer> plan = lessons.objective().stepPlan(lessons.thinking());
    RandomGenerator random = Philox.generator(seed, PLANS + step);
    for (Regularizer regularizer : lessons.regularizers()) {
      plan = regularizer.stepPlan(plan, random);
    }
    return plan;
  }

  private Map<String, Array> control(long step) {
    Map<String, Array> control = new HashMap<>();
    control.put(UpdatePrograms.STEP, Array.scalar((double) step));
    for (ParameterSpec spec : specs) {
      ParameterSpec.Traits traits = spec.traits();
      control.put(UpdatePrograms.rateInput(traits), Array.scalar(schedule.at(step, traits)));
    }
    return control;
  }

  /** Returns the learning rate of ordinary parameters at a step. */
  public double learningRate(long step) {
    return schedule.at(step, ParameterSpec.Traits.WEIGHT);
  }

  /** What regularizers remember, for a checkpoint: read one array at a time, between steps. */
  public Map<String, Supplier<Array>> memory() {
    return memories.state();
  }

  /** Lets regularizers remember what a checkpoint held. */
  public void restore(Map<String, Supplier<Array>> memory) {
    memories.restore(memory);
  }

  /** How much each regularizer that remembers does so at most: a line each. */
  public List<String> memoryDescriptions() {
    return memories.descriptions();
  }

  /** How large the compiled programs are together, in operations of the backend. */
  public int operations() {
    return programs.operations();
  }

  /** Frees the programs and what is remembered; parameters and slots stay on the backend. */
  @Override
  public void close() {
    programs.close();
    memories.close();
  }

  /**
   * What a training step measured.
   *
   * @param loss weighted mean over all predictions
   * @param gradientNorm before clipping
   * @param measures weighted means by name
   */
  public record StepMetrics(double loss, double gradientNorm, Map<String, Double> measures) {
    private static StepMetrics of(Map<String, Double> sums) {
      Map<String, Double> rest = new LinkedHashMap<>(sums);
      double weight = rest.remove(Totals.WEIGHT);
      double norm = rest.remove("gradientNorm");
      double loss = rest.remove(Totals.LOSS) / weight;
      rest.replaceAll((name, sum) -> sum / weight);
      return new StepMetrics(loss, norm, rest);
    }
  }
}
