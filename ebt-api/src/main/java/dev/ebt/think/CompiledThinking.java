package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.IncrementalEnergyModel;
import dev.ebt.error.Required;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The compiled programs of thinking with a model, for a fixed number of rows and of positions: the
 * observation (everything independent of the candidate), <i>begin</i> (the initial candidate),
 * <i>step</i>, <i>score</i> (the final energy) and <i>assess</i> (loss and metrics); with
 * regularizers, also a separate first step.
 *
 * <p>Immutable: every {@link Thinker} that {@link #session} opens has variables of its own, so that
 * any number of them share these programs.
 */
public final class CompiledThinking {
  /** The most steps of one program: larger ones take longer to compile than they save. */
  private static final int MOST_STEPS_TOGETHER = 8;

  private final Backend backend;
  private final ThinkingMethod thinking;
  private final ObservationPrograms observation;
  private final Set<Variable> own = new LinkedHashSet<>();
  private final Variable candidate;
  private final Variable evaluations;
  private final Optional<HeldVariables> held;
  private final ThinkingProgramSet<UnboundProgram> templates;
  private final boolean candidatesDiffer;
  private final ThinkingPrograms traced;
  private final Map<ThinkingSequences.Size, UnboundProgram> sequences = new HashMap<>();
  private final Map<CurvatureMatrix, SessionCurvature.Unbound> curvature = new HashMap<>();
  private final int rows;
  private final int positions;
  private final Optional<RowCopies> predictionCopies;

  private CompiledThinking(
      Backend backend,
      EnergyFunction function,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions,
      boolean holding,
      ObservationPrograms observation) {
    this.backend = backend;
    this.thinking = thinking;
    this.rows = rows;
    this.positions = positions;
    this.observation = observation;
    RepulsionRules.check(thinking, function.modality(), positions);
    this.traced =
        new ThinkingPrograms(
            function, thinking, regularizers, rows, positions, holding, observation);
    ThinkingProgramSet<Program> programs = traced.all();
    this.candidate = traced.candidate();
    this.evaluations = traced.evaluations();
    this.held = traced.held();
    own.addAll(programs.begin().updates().keySet());
    held.ifPresent(variables -> own.addAll(variables.all()));
    this.candidatesDiffer = ThinkingPrograms.candidatesDiffer(function.modality(), programs.step());
    if (backend.usesHostMemory()) {
      ThinkingMemory memory =
          ThinkingMemory.of(
              rows, positions, observation.variables(), observation.kept(), own, programs.all());
      MachineMemory.physical().ifPresent(memory::requireFits);
    }
    Set<Variable> free = new LinkedHashSet<>(own);
    free.addAll(observation.variables());
    this.templates = programs.map(program -> backend.template(program, free));
    this.predictionCopies =
        PredictionState.isSeparate(thinking, rows, seeds(), own, programs)
            ? Optional.of(new RowCopies(backend, inOrder(), positions > 0 ? 2 : 1))
            : Optional.empty();
  }

  /**
   * Compiles the programs.
   *
   * @param rows number of rows to think about together
   * @param positions number of selected positions of each row to predict at, of a {@link
   *     dev.ebt.energy.SequenceEnergyModel}; 0 for all predictions
   */
  public static CompiledThinking of(
      Backend backend,
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions) {
    EnergyFunction function =
        new EnergyFunction(modality, model, new Parameters(), thinking.terms());
    ObservationPrograms observation = new WholeObservation(backend, function, rows);
    return new CompiledThinking(
        backend, function, thinking, regularizers, rows, positions, false, observation);
  }

  /**
   * Compiles the programs of thinking about all predictions of {@code rows} rows, in which elements
   * of candidates can be held fixed: see {@link dev.ebt.predict.Predictor#hold}.
   */
  public static CompiledThinking holding(
      Backend backend,
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows) {
    EnergyFunction function =
        new EnergyFunction(modality, model, new Parameters(), thinking.terms());
    ObservationPrograms observation = new WholeObservation(backend, function, rows);
    return new CompiledThinking(
        backend, function, thinking, regularizers, rows, 0, true, observation);
  }

  /**
   * Compiles the programs of thinking on a key/value cache: each element of a context is observed
   * once, and what a context has in common with the one before in its row is not observed again.
   *
   * @param model an energy model whose observation grows by elements
   * @param positions number of selected positions of each row to predict at, at least 1
   * @param capacity the greatest number of elements of a row; contexts are [rows, capacity, ...]
   */
  public static CompiledThinking cached(
      Backend backend,
      Modality modality,
      IncrementalEnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions,
      int capacity) {
    EnergyFunction function =
        new EnergyFunction(modality, model, new Parameters(), thinking.terms());
    ObservationPrograms observation =
        new CachedObservation(
            backend, function, rows, positions, capacity, thinking.terms().landscapes());
    return new CompiledThinking(
        backend, function, thinking, regularizers, rows, positions, false, observation);
  }

  /**
   * Opens a thinking session, which the caller closes. It compiles nothing but the two small
   * programs of a repulsion between candidates.
   */
  public Thinker session() {
    return new Thinker(this);
  }

  Backend backend() {
    return backend;
  }

  ThinkingMethod thinking() {
    return thinking;
  }

  /** Returns the landscape of a step, from 0. */
  int landscape(int step) {
    return thinking.landscape(step, thinking.terms().landscapes());
  }

  int rows() {
    return rows;
  }

  int positions() {
    return positions;
  }

  /** Returns the shape of the seeds of a session: [rows, positions], [rows], or a scalar. */
  Shape seeds() {
    if (positions > 0) {
      return Shape.of(rows, positions);
    }
    return held.isPresent() ? Shape.of(rows) : Shape.scalar();
  }

  /**
   * Returns the programs that copy the state of thinking about some predictions; empty if these
   * have no state of their own.
   */
  Optional<RowCopies> predictionCopies() {
    return predictionCopies;
  }

  /** Returns the variables of predictions in the same order for each size. */
  private List<Variable> inOrder() {
    return own.stream().sorted(Comparator.comparing(Variable::name)).toList();
  }

  boolean candidatesDiffer() {
    return candidatesDiffer;
  }

  /** Returns the programs on variables of a scope, and the variable of the candidates there. */
  BoundThinking bind(VariableScope scope) {
    Observation session = observation.open(scope);
    Map<Variable, Variable> bound = new LinkedHashMap<>();
    own.forEach(free -> bound.put(free, scope.variable(free.name(), free.shape(), free.type())));
    List<ThinkingProgramSet<Executable>> programs = new ArrayList<>();
    List<Map<Variable, Variable>> byObservation = new ArrayList<>();
    for (int landscape = 0; landscape < observation.kept(); landscape++) {
      Map<Variable, Variable> variables = new LinkedHashMap<>(bound);
      variables.putAll(session.variables(landscape));
      byObservation.add(variables);
      programs.add(templates.map(template -> template.bind(variables)));
    }
    Map<Variable, Variable> all = new LinkedHashMap<>(bound);
    for (int landscape = 0; landscape < observation.kept(); landscape++) {
      int number = landscape;
      session
          .variables(landscape)
          .forEach((free, one) -> all.put(GrownObservation.variable(number, free), one));
    }
    return new BoundThinking(
        session,
        new ThinkingSequences(this::sequence, all, session),
        new SessionCurvature(backend, this::curvature, scope, byObservation),
        programs,
        inOrder().stream().map(free -> Required.of(bound, free)).toList(),
        Required.of(bound, candidate),
        Required.of(bound, traced.moving()),
        Required.of(bound, evaluations),
        held.map(variables -> variables.map(bound::get)));
  }

  /** Returns the program of a sequence of steps, which is compiled on first use. */
  private Optional<UnboundProgram> sequence(ThinkingSequences.Size size) {
    if (size.steps() < 1 || size.steps() > MOST_STEPS_TOGETHER || !traced.hasSequences()) {
      return Optional.empty();
    }
    if (!sequences.containsKey(size)) {
      observation
          .grown()
          .map(grown -> traced.sequence(size.steps(), size.finalEnergy(), grown))
          .ifPresent(program -> sequences.put(size, template(program)));
    }
    return Optional.ofNullable(sequences.get(size));
  }

  /** Returns the programs of the curvature, which are compiled on first use. */
  private SessionCurvature.Unbound curvature(CurvatureMatrix matrix) {
    return curvature.computeIfAbsent(
        matrix,
        absent -> {
          CurvaturePrograms programs = traced.curvature(matrix);
          Set<Variable> free = new LinkedHashSet<>(own);
          free.addAll(observation.variables());
          free.add(programs.direction());
          return new SessionCurvature.Unbound(
              backend.template(programs.begin(), free),
              backend.template(programs.iterate(), free),
              programs.direction(),
              programs.predictions());
        });
  }

  /** Compiles a program that reads the observations in several landscapes. */
  private UnboundProgram template(Program program) {
    Set<Variable> all = new LinkedHashSet<>(own);
    for (int landscape = 0; landscape < observation.kept(); landscape++) {
      int number = landscape;
      observation.variables().forEach(v -> all.add(GrownObservation.variable(number, v)));
    }
    return backend.template(program, all);
  }
}
