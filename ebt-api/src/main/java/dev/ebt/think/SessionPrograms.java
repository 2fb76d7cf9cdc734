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

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.predict.StepResult;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The programs of a thinking session with their inputs: the number of the step, its landscape, its
 * random keys, and the selected positions.
 */
final class SessionPrograms {
  private final CompiledThinking compiled;
  private final BoundThinking bound;
  private final SessionSeeds seeds;
  private Map<String, Array> selected = Map.of();
  private int stepsTaken;
  private boolean begun;

  SessionPrograms(CompiledThinking compiled, BoundThinking bound) {
    this.compiled = compiled;
    this.bound = bound;
    this.seeds = new SessionSeeds(compiled.seeds());
  }

  int stepsTaken() {
    return stepsTaken;
  }

  /** Treats steps up to this number as taken. */
  void skipTo(int steps) {
    stepsTaken = Math.max(stepsTaken, steps);
  }

  /** Sets the context: the features by name, each [rows, ...], with no positions selected. */
  void observe(Map<String, Array> features) {
    bound.observation().context(features);
    selected = Map.of();
  }

  /** Selects the positions of each row to predict at, [rows, positions]. */
  void focus(Array positions) {
    Shape expected = Shape.of(compiled.rows(), compiled.positions());
    if (!positions.shape().equals(expected)) {
      throw new ShapeException(
          "positions",
          "one row for each context, " + expected + ", expected, found " + positions.shape());
    }
    bound.observation().focus(positions);
    selected = Map.of(POSITIONS, positions);
  }

  /** Initializes every candidate from one seed. */
  void begin(long seed) {
    seeds.set(seed);
    begin();
  }

  /** Initializes every candidate from its seed: see {@link CompiledThinking#seeds}. */
  void begin(Array each) {
    seeds.set(each);
    begin();
  }

  /** Initializes all candidates unless that was done before, so that some can be taken over. */
  void beginOnce() {
    if (!begun) {
      begin(0L);
    }
  }

  private void begin() {
    begun = true;
    stepsTaken = 0;
    Map<String, Array> inputs = new HashMap<>(bound.observation().candidateFeatures());
    inputs.putAll(selected);
    inputs.put(KEY, seeds.key(0));
    bound.in(0).begin().run(inputs);
  }

  /** Takes over predictions of another session, whose steps were taken: see {@link Thinker}. */
  void take(SessionPrograms from, int[] sources, int[] targets) {
    stepsTaken = from.stepsTaken;
    seeds.take(from.seeds, sources, targets);
  }

  /** Takes one step: see {@link Thinker#step(double, double)}. */
  StepResult step(double stepSizeScale, double tolerance) {
    int landscape = compiled.landscape(stepsTaken);
    Map<String, Array> inputs = inputs(landscape);
    inputs.put(STEP_SIZE_SCALE, Array.scalar(stepSizeScale));
    inputs.put(TOLERANCE, Array.scalar(tolerance));
    ThinkingProgramSet<Executable> programs = bound.in(landscape);
    Map<String, Array> outputs =
        (stepsTaken == 0 ? programs.firstStep() : programs.step()).run(inputs);
    stepsTaken++;
    Array updated = Required.of(outputs, UPDATED);
    return new StepResult(
        Required.of(outputs, ENERGY),
        updated,
        requireNonNullElse(outputs.get(CONTINUING), updated));
  }

  /**
   * Initializes the candidates and takes all steps in one program.
   *
   * @param each the seed of each position
   * @return empty, and nothing was computed, if there is no such program
   */
  Optional<ThinkingSequence.Result> sequence(Array each, int steps, boolean finalEnergy) {
    Optional<ThinkingSequence> sequence = bound.sequences().of(steps, finalEnergy);
    if (sequence.isPresent()) {
      seeds.set(each);
      stepsTaken = steps;
    }
    return sequence.map(all -> all.run(selected, each));
  }

  /** Returns the only output of a program, in the landscape of the last step. */
  Array score(Function<ThinkingProgramSet<Executable>, Executable> program) {
    int landscape = compiled.landscape(Math.max(0, stepsTaken - 1));
    Map<String, Array> inputs = inputs(landscape);
    return program.apply(bound.in(landscape)).run(inputs).values().iterator().next();
  }

  /** Returns the curvature there: see {@link CurvatureEstimator#largest}. */
  TopCurvature largestCurvature(CurvatureMatrix matrix, double stepSizeScale, int iterations) {
    int landscape = compiled.landscape(Math.max(0, stepsTaken - 1));
    Map<String, Array> inputs = inputs(landscape);
    inputs.put(STEP_SIZE_SCALE, Array.scalar(stepSizeScale));
    return bound.curvature().largest(matrix, landscape, inputs, iterations);
  }

  /** Returns the curvature there: see {@link CurvatureEstimator#extremes}. */
  ExtremeCurvature extremeCurvature(int iterations) {
    int landscape = compiled.landscape(Math.max(0, stepsTaken - 1));
    Map<String, Array> inputs = inputs(landscape);
    inputs.put(STEP_SIZE_SCALE, Array.scalar(1.0));
    return bound.curvature().extremes(landscape, inputs, iterations);
  }

  /** Computes what is missing of the observation in a landscape, and returns the inputs there. */
  private Map<String, Array> inputs(int landscape) {
    bound.observation().look(landscape);
    Map<String, Array> inputs = new HashMap<>(selected);
    inputs.put(LANDSCAPE, Array.scalar((long) landscape));
    inputs.put(KEY, seeds.key(stepsTaken + 1));
    inputs.put(BEGIN_KEY, seeds.key(0));
    inputs.put(CandidateVariables.STEPS, Array.scalar((double) stepsTaken));
    return inputs;
  }
}
