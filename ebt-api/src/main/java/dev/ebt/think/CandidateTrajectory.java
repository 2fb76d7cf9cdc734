package dev.ebt.think;

import dev.ebt.error.UserException;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a {@link Thinker} on their way from the initial ones by steps: how they were
 * initialized, how far the steps went, and which elements are held fixed.
 */
final class CandidateTrajectory {
  private final CompiledThinking compiled;
  private final BoundThinking bound;
  private final SessionPrograms programs;
  private final @Nullable EarlierCandidates earlier;
  private @Nullable FixedElements fixed;

  /** Initializes the candidates again as at the last time. */
  private Runnable restart;

  /** The factor on the size of the last step. */
  private double scale = 1;

  /** Whether a step since the initial candidates had a tolerance. */
  private boolean tolerant;

  /** Whether a step was taken from the initial candidates. */
  private boolean thought;

  /** The current candidates, where they are on the host already. */
  private @Nullable Array candidate;

  /**
   * Creates candidates that are not initialized.
   *
   * @param earlier displaces candidates; null if they are independent
   */
  CandidateTrajectory(
      CompiledThinking compiled,
      BoundThinking bound,
      SessionPrograms programs,
      @Nullable EarlierCandidates earlier) {
    this.compiled = compiled;
    this.bound = bound;
    this.programs = programs;
    this.restart = () -> programs.begin(0L);
    this.earlier = earlier;
    bound.held().ifPresent(held -> held.clear(compiled.backend()));
  }

  /** Throws a {@link UserException} if so many steps cannot be taken. */
  void check(int steps) {
    if (steps < 0) {
      throw new UserException("steps of thinking are " + steps + "; 0 or more expected");
    }
    compiled.thinking().checkSteps(steps);
  }

  double stepSizeScale(int steps) {
    return compiled.thinking().hyperparameters().stepSizeScale(steps);
  }

  /** Returns whether trajectories of more steps begin with those of fewer. */
  boolean continues() {
    return compiled.thinking().hyperparameters().trajectorySteps() == null;
  }

  /** Forgets the candidates of an earlier context. */
  void clear() {
    thought = false;
    if (earlier != null) {
      earlier.clear();
    }
  }

  /** Initializes every candidate from one seed. */
  void begin(long seed) {
    rememberEnd();
    start(() -> programs.begin(seed));
  }

  /** Initializes every candidate from its seed. */
  void beginEach(Array seeds) {
    rememberEnd();
    start(() -> programs.begin(seeds));
  }

  /** Lets the candidates that were thought about displace those that follow. */
  private void rememberEnd() {
    if (earlier != null && thought) {
      earlier.add(candidate());
    }
  }

  /** Sets the candidates, where they are not held fixed. */
  void begin(Array candidates) {
    rememberEnd();
    start(() -> assign(candidates));
  }

  private void assign(Array candidates) {
    programs.begin(0L);
    compiled.backend().assign(bound.candidate(), fixed == null ? candidates : fixed.in(candidates));
  }

  private void start(Runnable initialization) {
    candidate = null;
    tolerant = false;
    thought = false;
    restart = () -> start(initialization);
    initialization.run();
  }

  /** Holds elements fixed from the next initialization on. */
  void hold(FixedElements elements) {
    HeldVariables held =
        bound
            .held()
            .orElseThrow(
                () -> new IllegalStateException("this predictor can hold no elements fixed"));
    held.assign(compiled.backend(), elements);
    fixed = elements;
  }

  /** Takes over predictions of another session; returns false if that is not possible. */
  boolean take(CandidateTrajectory from, int[] sources, int[] targets) {
    Optional<RowCopies> copies = compiled.predictionCopies();
    if (copies.isEmpty()) {
      return false;
    }
    programs.beginOnce();
    copies.get().copy(from.bound.state(), bound.state(), sources, targets);
    scale = from.scale;
    tolerant = from.tolerant;
    programs.take(from.programs, sources, targets);
    candidate = null;
    return true;
  }

  /** Takes steps up to a number of them: see {@link Thinker#reach}. */
  void reach(int steps, double tolerance) {
    double wanted = stepSizeScale(steps);
    if (!continues() && programs.stepsTaken() > 0 && scale != wanted) {
      restart.run();
    }
    while (programs.stepsTaken() < steps) {
      if (step(wanted, tolerance).remaining() == 0) {
        programs.skipTo(steps); // Further steps would update nothing.
      }
    }
  }

  /** Takes one step: see {@link Thinker#step(double, double)}. */
  StepResult step(double stepSizeScale, double tolerance) {
    Interruption.check();
    candidate = null;
    scale = stepSizeScale;
    thought = true;
    tolerant |= tolerance > 0;
    if (earlier != null) {
      earlier.displace(programs.stepsTaken());
    }
    return programs.step(stepSizeScale, tolerance);
  }

  /**
   * Initializes the candidates and takes all steps in one program.
   *
   * @param each the seed of each position
   * @return empty, and nothing was computed, if there is no such program
   */
  Optional<ThinkingTrace> together(Array each, int steps, double tolerance, boolean finalEnergy) {
    Interruption.check();
    if (tolerance != 0 || stepSizeScale(steps) != 1) {
      return Optional.empty();
    }
    Optional<ThinkingSequence.Result> result = programs.sequence(each, steps, finalEnergy);
    result.ifPresent(found -> candidate = found.candidate());
    return result.map(ThinkingSequence.Result::trace);
  }

  /** Returns the evaluations of each prediction, where their number differs. */
  Optional<Array> evaluationsUsed() {
    return tolerant || compiled.thinking().stop() != null
        ? Optional.of(compiled.backend().read(bound.evaluations()))
        : Optional.empty();
  }

  /** Returns the current candidates, [rows, candidate...]. */
  Array candidate() {
    Array known = candidate;
    return known != null ? known : compiled.backend().read(bound.candidate());
  }

  /** Frees the programs of the repulsion. */
  void close() {
    if (earlier != null) {
      earlier.close();
    }
  }
}
