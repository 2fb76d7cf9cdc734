package dev.ebt.think;

import dev.ebt.backend.Executable;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Optional;

/**
 * The programs of one session, and its variables that the host reads.
 *
 * @param sequences of steps in one program
 * @param curvature of the energy around the candidates
 * @param programs one set per observation that is kept
 * @param state all variables of the predictions that are thought about
 * @param moving 1 for each prediction that is still thought about
 * @param evaluations the number of evaluations of each prediction in steps one by one
 * @param held the elements of candidates that are held fixed, if they can be
 */
record BoundThinking(
    Observation observation,
    ThinkingSequences sequences,
    SessionCurvature curvature,
    List<ThinkingProgramSet<Executable>> programs,
    List<Variable> state,
    Variable candidate,
    Variable moving,
    Variable evaluations,
    Optional<HeldVariables> held) {
  /** Returns the programs that read the observation in a landscape. */
  ThinkingProgramSet<Executable> in(int landscape) {
    return programs.get(programs.size() == 1 ? 0 : landscape);
  }

  /** Frees the programs and the variables of observations. */
  void close() {
    programs.forEach(set -> set.all().forEach(Executable::close));
    sequences.close();
    curvature.close();
    observation.close();
  }
}
