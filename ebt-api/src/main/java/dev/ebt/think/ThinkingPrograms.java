package dev.ebt.think;

import static dev.ebt.tensor.Functions.absolute;
import static dev.ebt.tensor.Functions.real;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.optimize.Optimizer;
import dev.ebt.predict.CandidateMetrics;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.CandidateState;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of thinking for a fixed number of rows, and the free variables that they share on
 * the device beside the observation: the candidates, their last energies, and which of them are
 * still being updated.
 */
final class ThinkingPrograms {
  static final String KEY = "key";
  static final String BEGIN_KEY = "beginKey";
  static final String LANDSCAPE = "landscape";
  static final String POSITIONS = "positions";
  static final String TOLERANCE = "tolerance";
  static final String STEP_SIZE_SCALE = "stepSizeScale";
  static final String ENERGY = "energy";
  static final String MOVING = "moving";
  static final String UPDATED = "updated";
  static final String CONTINUING = "continuing";
  static final String SEEDS = "seeds";
  static final String CANDIDATE = "candidate";
  static final String EVALUATIONS = "evaluations";

  /** The initial last energy of a candidate: far from any real one. */
  private static final double NEVER = 1e30;

  private final SelectedPositions selected;
  private final Modality modality;
  private final EnergyFunction function;
  private final ThinkingStep thinkingStep;
  private final ThinkingMethod thinking;
  private final boolean regularized;
  private final NamedTensors features;
  private final NamedTensors observed;
  private final Shape predictions;
  private final CandidateVariables candidates;
  private final Variable candidate;
  private final Variable energy;
  private final Variable moving;
  private final Variable evaluations;
  private final Variable initialEnergy;
  private final @Nullable HeldVariables held;
  private final StoppingSlots stoppingSlots;
  private final SelectionPrograms selection;
  private final boolean readsInitialEnergy;
  private final Tensor landscape = Tensor.input(LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
  private final Tensor key;
  private final Tensor beginKey;

  /**
   * Creates the programs for {@code rows} rows.
   *
   * @param positions number of selected positions of each row to predict at, each with a random key
   *     of its own; 0 for all predictions, with one key
   * @param holding whether elements of candidates can be held fixed; each row then has a random key
   *     of its own, as rows belong to different requests
   * @param observation computes the observation that the programs read
   */
  ThinkingPrograms(
      EnergyFunction function,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions,
      boolean holding,
      ObservationPrograms observation) {
    this.selected = new SelectedPositions(rows, positions);
    this.modality = function.modality();
    this.thinking = thinking;
    this.function = function;
    List<Regularizer> active = regularizers.stream().filter(Regularizer::inEvaluation).toList();
    this.regularized = !active.isEmpty();
    NamedTensors whole = observation.candidateFeatures();
    boolean elements = !observation.featuresAtPositions() && modality.embedsElementwise();
    this.features = elements ? selected.elements(whole) : whole;
    this.observed = selected.of(function, observation.observed());
    Shape full = Shape.of(rows).plus(modality.candidate().toIntArray());
    Shape shape = positions > 0 ? full.with(1, positions) : full;
    this.predictions = shape.slice(0, 1 + modality.predictions().rank());
    Shape keys =
        positions > 0 ? Shape.of(rows, positions, 2) : holding ? Shape.of(rows, 2) : Shape.of(2);
    this.key = Tensor.input(KEY, keys, ElementType.INTEGER);
    this.beginKey = Tensor.input(BEGIN_KEY, keys, ElementType.INTEGER);
    this.candidates = CandidateVariables.of("", thinking.optimizer(), shape, predictions.rank());
    this.candidate = candidates.candidate();
    this.held = holding ? HeldVariables.of(shape) : null;
    this.thinkingStep = holding(new ThinkingStep(function, thinking, active));
    this.energy = Variable.real(ENERGY, predictions);
    this.moving = Variable.real(MOVING, predictions);
    this.evaluations = Variable.real(EVALUATIONS, predictions);
    this.initialEnergy = Variable.real("initialEnergy", predictions);
    this.stoppingSlots = StoppingSlots.of(thinking.stop(), predictions);
    this.selection =
        SelectionPrograms.of(
            function,
            thinking,
            holding(new ThinkingStep(function, thinking, List.of())),
            new SelectionPrograms.Source(
                observed, candidates, initialEnergy, landscape, beginKey, key));
    this.readsInitialEnergy = selection.readsInitialEnergy(initialEnergy);
  }

  /**
   * Returns whether candidates of different seeds differ: because their initial values or something
   * in a step is random.
   */
  static boolean candidatesDiffer(Modality modality, Program step) {
    return modality.startsDiffer() || isRandom(step);
  }

  /** Returns whether a program draws random numbers. */
  static boolean isRandom(Program program) {
    return program.inputs().containsKey(KEY) || program.inputs().containsKey(BEGIN_KEY);
  }

  /** Returns the variable that is 1 for each prediction that is still thought about. */
  Variable moving() {
    return moving;
  }

  /** Returns the variable that counts the evaluations of each prediction. */
  Variable evaluations() {
    return evaluations;
  }

  /** Returns the variables of the elements that are held fixed, if they can be. */
  Optional<HeldVariables> held() {
    return Optional.ofNullable(held);
  }

  private ThinkingStep holding(ThinkingStep step) {
    return held == null ? step : step.holding(held.read());
  }

  /** Returns the variable of the candidates. */
  Variable candidate() {
    return candidate;
  }

  /** Returns all programs; with regularizers the first step differs from later ones. */
  ThinkingProgramSet<Program> all() {
    Program later = step(1);
    return new ThinkingProgramSet<>(
        begin(),
        regularized ? step(0) : later,
        later,
        selection.energy(),
        selection.score(),
        CandidateMetrics.program(modality, candidate));
  }

  /** Returns the program that sets the initial candidates, all of them still to be updated. */
  private Program begin() {
    Tensor free = modality.initialCandidate(features, key, candidate.shape());
    Tensor given = modality.held(features).map(elements -> elements.in(free)).orElse(free);
    Tensor initial = held == null ? given : held.read().in(given);
    Program.Builder program =
        candidates
            .update(Program.named("begin"), thinkingStep.begin(initial))
            .update(energy, Tensor.filled(predictions, NEVER))
            .update(moving, Tensor.filled(predictions, 1))
            .update(evaluations, Tensor.zeros(predictions));
    stoppingSlots.begin(program);
    if (readsInitialEnergy) {
      program.update(initialEnergy, Tensor.filled(predictions, NEVER));
    }
    return program.build();
  }

  /**
   * Returns the program of a step that skips every prediction whose energy has converged: each
   * stops independently.
   *
   * @param number 0 for the first step, 1 for a later one: all that regularizers can depend on
   */
  private Program step(int number) {
    Tensor scale = Tensor.input(STEP_SIZE_SCALE, Shape.scalar(), ElementType.REAL);
    ThinkingStep.StepSizes sizes = thinkingStep.stepSizes(predictions, beginKey).times(scale);
    ThinkingStep.StepOutput output =
        thinkingStep.take(observed, candidates.read(), landscape, sizes, number, key);
    Tensor tolerance = Tensor.input(TOLERANCE, Shape.scalar(), ElementType.REAL);
    Tensor changed = absolute(output.energy().minus(energy.read())).greaterOrEqual(tolerance);
    Tensor still = real(changed).times(moving.read());
    Tensor remaining = still;
    StoppingRule rule = thinking.stop();
    StoppingRule.Inputs inputs = inputs(output);
    if (rule != null) {
      still = still.times(Tensor.constant(1).minus(rule.settled(inputs)));
      remaining = still.times(Tensor.constant(1).minus(rule.finished(inputs)));
    }
    Tensor goes =
        still
            .reshape(Optimizer.perPrediction(candidate.shape(), predictions.rank()))
            .greaterOrEqual(Tensor.constant(0.5));
    Tensor next = Functions.select(goes, output.candidate(), candidate.read());
    Program.Builder program =
        candidates
            .update(Program.named("step"), output.state().with(next))
            .output(ENERGY, output.energy())
            .output(UPDATED, still)
            .update(energy, output.energy())
            .update(moving, remaining)
            .update(
                evaluations,
                evaluations.read().plus(moving.read().times(thinking.evaluationsPerStep())));
    if (rule != null) {
      program.output(CONTINUING, remaining);
      stoppingSlots.update(program, rule.nextSlots(inputs));
    }
    if (readsInitialEnergy) {
      Tensor first = stepsTaken().less(Tensor.constant(0.5)).broadcastTo(predictions);
      program.update(initialEnergy, Functions.select(first, output.energy(), initialEnergy.read()));
    }
    return program.build();
  }

  /** Returns whether all steps can be taken in one program. */
  boolean hasSequences() {
    return thinking.stop() == null && thinking.select().byEnergy();
  }

  /**
   * Returns the program that observes one more element of each row, initializes the candidates and
   * takes all steps. It leaves the variables of candidates as steps one by one do.
   */
  Program sequence(int steps, boolean finalEnergy, GrownObservation grown) {
    Program.Builder program = Program.named("think" + steps);
    Tensor initial =
        modality.initialCandidate(grown.candidateFeatures(), selected.keys(0), candidate.shape());
    // Zeros are a constant, which has no gradient by itself.
    CandidateState state = thinkingStep.begin(Functions.stopGradient(initial));
    ThinkingStep.StepSizes sizes = thinkingStep.stepSizes(predictions, selected.keys(0));
    Tensor lastEnergy = Tensor.filled(predictions, NEVER);
    for (int step = 0; step < steps; step++) {
      int at = thinking.landscape(step, thinking.terms().landscapes());
      Tensor constant = Tensor.constant(Array.scalar((long) at));
      GrownObservation.Cache cache = grown.in(at);
      NamedTensors seen = selected.of(function, cache.observed());
      ThinkingStep.StepOutput output =
          thinkingStep.take(
              seen, state, constant, sizes, Math.min(step, 1), selected.keys(step + 1));
      state = output.state();
      lastEnergy = output.energy();
      program.output(ENERGY + step, lastEnergy);
      if (finalEnergy && step == steps - 1) {
        Tensor modelInput = modality.toModelInput(state.candidate());
        program.output(ENERGY + steps, function.energy(seen, modelInput, constant));
      }
    }
    grown.caches().stream().limit(steps).forEach(cache -> cache.updates().forEach(program::update));
    return candidates
        .update(program, state)
        .output(CANDIDATE, state.candidate())
        .update(energy, lastEnergy)
        .update(moving, Tensor.filled(predictions, 1))
        .build();
  }

  /** Returns the programs of the curvature around the candidates. */
  CurvaturePrograms curvature(CurvatureMatrix matrix) {
    Tensor scale = Tensor.input(STEP_SIZE_SCALE, Shape.scalar(), ElementType.REAL);
    List<HeldElements> fixed =
        Stream.concat(
                function.held(observed).stream(), Stream.ofNullable(held).map(HeldVariables::read))
            .toList();
    return CurvaturePrograms.of(
        new CurvaturePrograms.Source(
            function,
            matrix,
            observed,
            candidate.read(),
            fixed,
            landscape,
            predictions,
            thinkingStep.inLandscape(
                thinkingStep.stepSizes(predictions, beginKey).times(scale), landscape)));
  }

  private StoppingRule.Inputs inputs(ThinkingStep.StepOutput output) {
    return new StoppingRule.Inputs(
        output.energy(),
        energy.read(),
        output.gradient(),
        modality.toModelInput(candidate.read()),
        modality.toModelInput(output.candidate()),
        stepsTaken().plus(1),
        stoppingSlots.read());
  }

  private static Tensor stepsTaken() {
    return Tensor.input(CandidateVariables.STEPS, Shape.scalar(), ElementType.REAL);
  }
}
