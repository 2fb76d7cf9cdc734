package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.BEGIN_KEY;
import static dev.ebt.think.ThinkingPrograms.KEY;
import static dev.ebt.think.ThinkingPrograms.LANDSCAPE;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ProgramTemplate;
import dev.ebt.backend.VariableScope;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.Thinking;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The compiled programs of thinking with a model, for a fixed number of rows and of positions:
 * <i>observe</i> (everything independent of the candidate), <i>begin</i> (the initial candidate),
 * <i>step</i>, <i>score</i> (the final energy) and <i>assess</i> (loss and metrics); with
 * regularizers, also a separate first step.
 *
 * <p>Immutable: every {@link Thinker} that {@link #session} opens has variables of its own, so that
 * any number of them share these programs.
 */
public final class CompiledThinking {
  private final Backend backend;
  private final Thinking thinking;
  private final Set<Variable> variables = new LinkedHashSet<>();
  private final Variable candidate;
  private final Optional<Variable> evaluations;
  private final ThinkingProgramSet<ProgramTemplate> templates;
  private final boolean landscapesDiffer;
  private final boolean candidatesDiffer;
  private final int rows;
  private final int positions;

  private CompiledThinking(
      Backend backend,
      Modality modality,
      EnergyModel model,
      Thinking thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions) {
    this.backend = backend;
    this.thinking = thinking;
    this.rows = rows;
    this.positions = positions;
    ThinkingPrograms traced =
        new ThinkingPrograms(modality, model, thinking, regularizers, rows, positions);
    ThinkingProgramSet<Program> programs = traced.all();
    this.candidate = traced.candidate();
    this.evaluations = traced.evaluations();
    variables.addAll(programs.observe().updates().keySet());
    variables.addAll(programs.begin().updates().keySet());
    this.landscapesDiffer = programs.observe().inputs().containsKey(LANDSCAPE);
    this.candidatesDiffer =
        modality.startsDiffer()
            || programs.step().inputs().containsKey(KEY)
            || programs.step().inputs().containsKey(BEGIN_KEY);
    this.templates = programs.map(program -> backend.template(program, variables));
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
      Thinking thinking,
      List<Regularizer> regularizers,
      int rows,
      int positions) {
    return new CompiledThinking(backend, modality, model, thinking, regularizers, rows, positions);
  }

  /** Opens a thinking session, which the caller closes. It compiles nothing. */
  public Thinker session() {
    return new Thinker(this);
  }

  Backend backend() {
    return backend;
  }

  Thinking thinking() {
    return thinking;
  }

  int rows() {
    return rows;
  }

  int positions() {
    return positions;
  }

  boolean landscapesDiffer() {
    return landscapesDiffer;
  }

  boolean candidatesDiffer() {
    return candidatesDiffer;
  }

  /** Returns the programs on variables of a scope, and the variable of the candidates there. */
  Bound bind(VariableScope scope) {
    Map<Variable, Variable> own = new LinkedHashMap<>();
    variables.forEach(
        free -> own.put(free, scope.variable(free.name(), free.shape(), free.type())));
    return new Bound(
        templates.map(template -> template.bind(own)),
        own.get(candidate),
        evaluations.map(own::get));
  }

  /**
   * The programs of one session, and its variables that the host reads.
   *
   * @param evaluations the number of evaluations of each prediction, if a rule stops them
   */
  record Bound(
      ThinkingProgramSet<Executable> programs,
      Variable candidate,
      Optional<Variable> evaluations) {}
}
