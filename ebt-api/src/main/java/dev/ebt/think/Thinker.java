package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.BEGIN_KEY;
import static dev.ebt.think.ThinkingPrograms.CONTINUING;
import static dev.ebt.think.ThinkingPrograms.ENERGY;
import static dev.ebt.think.ThinkingPrograms.KEY;
import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;
import static dev.ebt.think.ThinkingPrograms.POSITIONS;
import static dev.ebt.think.ThinkingPrograms.STEP_SIZE_SCALE;
import static dev.ebt.think.ThinkingPrograms.TOLERANCE;
import static dev.ebt.think.ThinkingPrograms.UPDATED;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thinking session: a predictor that minimizes the energy of a trained model over candidates,
 * step by step. It owns the variables of observations and candidates, which stay on the backend
 * between steps; a step transfers only energies to the host. Sessions share their programs: see
 * {@link CompiledThinking}.
 *
 * <pre>{@code
 * thinker.observe(context);
 * thinker.begin(seed);
 * for (int i = 0; i < 4; i++) {
 *   thinker.step();
 * }
 * Array better = thinker.candidate();
 * }</pre>
 *
 * <p>Not thread-safe: a call from a second thread, while another is in a call or after another
 * observed the context, throws an {@link IllegalStateException}. Use one {@link
 * dev.ebt.run.TrainedModel} per thread, or a lock from {@link #observe} to the last call.
 */
public final class Thinker implements Predictor {
  private final ThreadGuard guard = new ThreadGuard(Thinker.class);
  private final CompiledThinking compiled;
  private final VariableScope scope;
  private final CompiledThinking.Bound bound;

  private Map<String, Array> control = Map.of();
  private @Nullable FixedElements fixed;
  private int stepsTaken;

  /** The current candidates, where they are on the host already. */
  private @Nullable Array candidate;

  private long[] seeds = {};

  /** Opens a session with programs of its own for all predictions of {@code rows} rows. */
  public Thinker(
      Backend backend,
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows) {
    this(CompiledThinking.of(backend, modality, model, thinking, regularizers, rows, 0));
  }

  Thinker(CompiledThinking compiled) {
    this.compiled = compiled;
    this.scope = compiled.backend().scope("thinking");
    this.bound = compiled.bind(scope);
    bound.held().ifPresent(held -> held.clear(compiled.backend()));
  }

  @Override
  public boolean thinks() {
    return true;
  }

  @Override
  public boolean candidatesDiffer() {
    return compiled.candidatesDiffer();
  }

  @Override
  public int evaluations(int steps) {
    return steps;
  }

  @Override
  public void check(int steps) {
    if (steps < 0) {
      throw new UserException("steps of thinking are " + steps + "; 0 or more expected");
    }
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      while (stepsTaken < steps) {
        if (step(1, tolerance).remaining() == 0) {
          stepsTaken = steps; // Further steps would update nothing.
        }
      }
    }
  }

  /** Sets the context: the features by name, each [rows, ...]. Thinking starts over. */
  @Override
  public void observe(Map<String, Array> features) {
    try (ThreadGuard.Use use = guard.claim()) {
      bound.observation().context(features);
      control = Map.of();
    }
  }

  @Override
  public void forget() {
    try (ThreadGuard.Use use = guard.enter()) {
      bound.observation().forget();
    }
  }

  @Override
  public void takeObservations(Predictor from, int[] sources, int[] targets) {
    try (ThreadGuard.Use use = guard.enter()) {
      if (from instanceof Thinker other) {
        bound.observation().take(other.bound.observation(), sources, targets);
      }
    }
  }

  /** Selects the positions of each row to predict at, [rows, positions]. */
  @Override
  public void focus(Array positions) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Shape expected = Shape.of(compiled.rows(), compiled.positions());
      if (!positions.shape().equals(expected)) {
        throw new ShapeException(
            "positions",
            "one row for each context, " + expected + ", expected, found " + positions.shape());
      }
      bound.observation().focus(positions);
      control = Map.of(POSITIONS, positions);
    }
  }

  @Override
  public void hold(FixedElements elements) {
    try (ThreadGuard.Use use = guard.enter()) {
      HeldVariables held =
          bound
              .held()
              .orElseThrow(
                  () -> new IllegalStateException("this session can hold no elements fixed"));
      Shape expected = held.mask().shape();
      if (!elements.mask().shape().equals(expected)) {
        throw new ShapeException(
            "fixed elements", expected + " expected, found " + elements.mask().shape());
      }
      held.assign(compiled.backend(), elements);
      fixed = elements;
    }
  }

  /** Initializes every candidate, with this seed where initial candidates are random. */
  @Override
  public void begin(long withSeed) {
    int keys = Math.max(1, compiled.rows() * compiled.positions());
    long[] each = new long[keys];
    Arrays.setAll(each, i -> SelfVerification.seed(withSeed, i));
    begin(each);
  }

  @Override
  public void beginEach(Array given) {
    begin(checked(given).longs().clone());
  }

  private Array checked(Array given) {
    Shape expected = Shape.of(compiled.rows(), compiled.positions());
    if (!given.shape().equals(expected)) {
      throw new ShapeException(
          "seeds", "one for each position, " + expected + ", expected, found " + given.shape());
    }
    return given;
  }

  private void begin(long[] withSeeds) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      seeds = withSeeds;
      candidate = null;
      stepsTaken = 0;
      Map<String, Array> inputs = new HashMap<>(bound.observation().candidateFeatures());
      inputs.put(KEY, key(0));
      bound.in(0).begin().run(inputs);
    }
  }

  /**
   * Sets the candidates. Thinking starts over from there, as after {@link #begin(long)} with seed
   * 0: the next step is the first one, in the first landscape, and regularizers draw as in a first
   * step.
   */
  public void begin(Array candidates) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      begin(0L);
      compiled
          .backend()
          .assign(bound.candidate(), fixed == null ? candidates : fixed.in(candidates));
    }
  }

  /**
   * Takes one step with the model's own step size, for every prediction, and returns the energies
   * of the candidates before it.
   */
  public Array step() {
    return step(1, 0).energy();
  }

  /**
   * Takes one step.
   *
   * @param stepSizeScale factor on the model's step size
   * @param tolerance a prediction whose energy changed by less since the last step is not updated
   *     any more; 0 updates all
   */
  @Override
  public StepResult step(double stepSizeScale, double tolerance) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      candidate = null;
      int landscape = compiled.landscape(stepsTaken);
      bound.observation().look(landscape);
      ThinkingProgramSet<Executable> programs = bound.in(landscape);
      Map<String, Array> inputs = new HashMap<>(control);
      inputs.put(LANDSCAPE, Array.scalar((long) landscape));
      inputs.put(KEY, key(stepsTaken + 1));
      inputs.put(BEGIN_KEY, key(0));
      inputs.put(CandidateVariables.STEPS, Array.scalar((double) stepsTaken));
      inputs.put(STEP_SIZE_SCALE, Array.scalar(stepSizeScale));
      inputs.put(TOLERANCE, Array.scalar(tolerance));
      Map<String, Array> outputs =
          (stepsTaken == 0 ? programs.firstStep() : programs.step()).run(inputs);
      stepsTaken++;
      Array updated = Required.of(outputs, UPDATED);
      return new StepResult(
          Required.of(outputs, ENERGY),
          updated,
          requireNonNullElse(outputs.get(CONTINUING), updated));
    }
  }

  /**
   * Takes steps as usual. The final energy is that in the landscape of the last step of the budget,
   * whatever step thinking ended at, so that it does not depend on other predictions.
   */
  @Override
  public ThinkingTrace think(Array given, int steps, double tolerance, boolean finalEnergy) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Optional<ThinkingSequence> sequence =
          tolerance == 0 ? bound.sequences().of(steps, finalEnergy) : Optional.empty();
      if (sequence.isPresent()) {
        seeds = checked(given).longs().clone();
        stepsTaken = steps;
        ThinkingSequence.Result result = sequence.get().run(control, given);
        candidate = result.candidate();
        return result.trace();
      }
      ThinkingTrace trace = Predictor.super.think(given, steps, tolerance, false);
      stepsTaken = Math.max(stepsTaken, steps);
      return finalEnergy ? new ThinkingTrace(trace.steps(), Optional.of(energy())) : trace;
    }
  }

  /**
   * Returns the energy of the current candidates, in the landscape of the last step, [rows,
   * predictions...].
   */
  @Override
  public Array energy() {
    return score(ThinkingProgramSet::score);
  }

  @Override
  public boolean selectsByEnergy() {
    return compiled.thinking().select().byEnergy();
  }

  @Override
  public Array selectionScores() {
    return score(ThinkingProgramSet::select);
  }

  @Override
  public Optional<Array> evaluationsUsed() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return bound.evaluations().map(compiled.backend()::read);
    }
  }

  /** Returns the only output of a program, in the landscape of the last step. */
  private Array score(Function<ThinkingProgramSet<Executable>, Executable> program) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      int landscape = compiled.landscape(Math.max(0, stepsTaken - 1));
      bound.observation().look(landscape);
      Map<String, Array> inputs = new HashMap<>(control);
      inputs.put(LANDSCAPE, Array.scalar((long) landscape));
      inputs.put(KEY, key(stepsTaken + 1));
      inputs.put(BEGIN_KEY, key(0));
      inputs.put(CandidateVariables.STEPS, Array.scalar((double) stepsTaken));
      return program.apply(bound.in(landscape)).run(inputs).values().iterator().next();
    }
  }

  /** Returns the current candidates, [rows, candidate...]. */
  @Override
  public Array candidate() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Array known = candidate;
      return known != null ? known : compiled.backend().read(bound.candidate());
    }
  }

  @Override
  public Variable candidates() {
    return bound.candidate();
  }

  /** Returns loss and metrics of the current candidates, by name, each [rows, predictions...]. */
  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return bound.in(0).assess().run(Map.of(targetName, target));
    }
  }

  /** Returns the random keys of all predictions for a step, or their common one. */
  private Array key(long number) {
    long[] keys = new long[2 * seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      keys[2 * i] = seeds[i];
      keys[2 * i + 1] = number;
    }
    int positions = compiled.positions();
    return Array.of(positions > 0 ? Shape.of(compiled.rows(), positions, 2) : Shape.of(2), keys);
  }

  /** Frees the variables of observations and candidates. */
  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      bound.programs().forEach(set -> set.all().forEach(Executable::close));
      bound.sequences().close();
      bound.observation().close();
      scope.close();
    }
  }
}
