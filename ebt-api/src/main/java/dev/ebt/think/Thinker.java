package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.regularize.Regularizer;
import dev.ebt.select.Repulsion;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final BoundThinking bound;
  private final SessionPrograms programs;
  private final CandidateTrajectory trajectory;

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
    this.programs = new SessionPrograms(compiled, bound);
    this.trajectory = new CandidateTrajectory(compiled, bound, programs, earlier());
  }

  private @Nullable EarlierCandidates earlier() {
    Repulsion repulsion = compiled.thinking().repel();
    return repulsion == null
        ? null
        : new EarlierCandidates(compiled.backend(), repulsion, bound, scope);
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
  public boolean candidatesRepel() {
    return compiled.thinking().repel() != null;
  }

  @Override
  public boolean seedsEachRow() {
    return compiled.seeds().rank() == 1;
  }

  @Override
  public int evaluations(int steps) {
    return steps * compiled.thinking().evaluationsPerStep();
  }

  @Override
  public void check(int steps) {
    trajectory.check(steps);
  }

  @Override
  public int leastSteps() {
    return compiled.thinking().optimizer().stepsPerSample();
  }

  @Override
  public void reach(int steps, double tolerance) {
    check(steps);
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      trajectory.reach(steps, tolerance);
    }
  }

  @Override
  public double stepSizeScale(int steps) {
    return trajectory.stepSizeScale(steps);
  }

  @Override
  public boolean continues() {
    return trajectory.continues();
  }

  /** Sets the context: the features by name, each [rows, ...]. Thinking starts over. */
  @Override
  public void observe(Map<String, Array> features) {
    try (ThreadGuard.Use use = guard.claim()) {
      programs.observe(features);
      trajectory.clear();
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

  @Override
  public boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return from instanceof Thinker other && trajectory.take(other.trajectory, sources, targets);
    }
  }

  @Override
  public boolean stopsEarly() {
    return compiled.thinking().stop() != null;
  }

  @Override
  public void endThinking(int steps) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      programs.skipTo(steps);
    }
  }

  /** Selects the positions of each row to predict at, [rows, positions]. */
  @Override
  public void focus(Array positions) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      programs.focus(positions);
    }
  }

  @Override
  public void hold(FixedElements elements) {
    try (ThreadGuard.Use use = guard.enter()) {
      trajectory.hold(elements);
    }
  }

  /** Initializes every candidate, with this seed where initial candidates are random. */
  @Override
  public void begin(long seed) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      trajectory.begin(seed);
    }
  }

  @Override
  public void beginEach(Array seeds) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      trajectory.beginEach(seeds);
    }
  }

  /**
   * Sets the candidates. Thinking starts over from there, as after {@link #begin(long)} with seed
   * 0: the next step is the first one, in the first landscape, regularizers draw as in a first
   * step, and where {@linkplain #candidatesRepel candidates repel} each other, those before that
   * were thought about displace these.
   */
  public void begin(Array candidates) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      trajectory.begin(candidates);
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
      return trajectory.step(stepSizeScale, tolerance);
    }
  }

  /**
   * Takes steps as usual. The final energy is that in the landscape of the last step of the budget,
   * whatever step thinking ended at, so that it does not depend on other predictions.
   */
  @Override
  public ThinkingTrace think(Array given, int steps, double tolerance, boolean finalEnergy) {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      Optional<ThinkingTrace> together = trajectory.together(given, steps, tolerance, finalEnergy);
      if (together.isPresent()) {
        return together.get();
      }
      ThinkingTrace trace = Predictor.super.think(given, steps, tolerance, false);
      programs.skipTo(steps);
      return finalEnergy ? new ThinkingTrace(trace.steps(), Optional.of(energy())) : trace;
    }
  }

  /** Returns the energies in the landscape of the last step, [rows, predictions...]. */
  @Override
  public Array energy() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return programs.score(ThinkingProgramSet::score);
    }
  }

  @Override
  public boolean selectsByEnergy() {
    return compiled.thinking().select().byEnergy();
  }

  @Override
  public Array selectionScores() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return programs.score(ThinkingProgramSet::select);
    }
  }

  @Override
  public Optional<Array> evaluationsUsed() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return trajectory.evaluationsUsed();
    }
  }

  /** Returns an estimator of the curvature of the energy at the current candidates. */
  public CurvatureEstimator curvature() {
    return new CurvatureEstimator(guard, programs);
  }

  /** Returns the current candidates, [rows, candidate...]. */
  @Override
  public Array candidate() {
    try (ThreadGuard.Use use = guard.enterClaimed()) {
      return trajectory.candidate();
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

  /** Frees the variables of observations and candidates. */
  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      trajectory.close();
      bound.close();
      scope.close();
    }
  }
}
