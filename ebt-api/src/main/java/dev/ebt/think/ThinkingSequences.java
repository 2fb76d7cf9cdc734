package dev.ebt.think;

import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.tensor.Variable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sequences of thinking steps of a session, each bound on first use. */
final class ThinkingSequences implements AutoCloseable {
  private final Programs programs;
  private final Map<Variable, Variable> variables;
  private final Observation observation;
  private final Map<Size, ThinkingSequence> bound = new HashMap<>();

  /**
   * The size of a sequence.
   *
   * @param finalEnergy whether it ends with the energy of the final candidates
   */
  record Size(int steps, boolean finalEnergy) {}

  /** The programs of sequences, without the variables of a session. */
  @FunctionalInterface
  interface Programs {
    /** Returns the program of a sequence; empty if there is none of this size. */
    Optional<UnboundProgram> of(Size size);
  }

  ThinkingSequences(Programs programs, Map<Variable, Variable> variables, Observation observation) {
    this.programs = programs;
    this.variables = variables;
    this.observation = observation;
  }

  /** Returns a sequence; empty if steps have to be taken one by one. */
  Optional<ThinkingSequence> of(int steps, boolean finalEnergy) {
    Size size = new Size(steps, finalEnergy);
    if (!bound.containsKey(size)) {
      programs
          .of(size)
          .map(program -> program.bind(variables))
          .ifPresent(e -> bound.put(size, sequence(e, size)));
    }
    return Optional.ofNullable(bound.get(size));
  }

  private ThinkingSequence sequence(Executable program, Size size) {
    return new ThinkingSequence(program, observation, size.steps(), size.finalEnergy());
  }

  @Override
  public void close() {
    bound.values().forEach(sequence -> sequence.program().close());
  }
}
