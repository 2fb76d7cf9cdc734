package dev.ebt.think;

import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.stream.Stream;

/** The state of thinking about each prediction by itself. */
final class PredictionState {
  private PredictionState() {}

  /**
   * Returns whether the state of some predictions can be copied: where none is common to all of
   * them, such as the phase of a sampler, random numbers that depend on the place in the batch, or
   * candidates that displace others.
   *
   * @param seeds the shape of the seeds of a session: [rows, positions], [rows], or a scalar
   * @param variables those of the candidates
   */
  static boolean isSeparate(
      ThinkingMethod thinking,
      int rows,
      Shape seeds,
      Collection<Variable> variables,
      ThinkingProgramSet<Program> programs) {
    boolean seeded =
        seeds.rank() > 0
            || Stream.of(programs.firstStep(), programs.step(), programs.score(), programs.select())
                .noneMatch(ThinkingPrograms::isRandom);
    Shape leading = seeds.rank() > 0 ? seeds : Shape.of(rows);
    return seeded
        && thinking.repel() == null
        && variables.stream()
            .map(Variable::shape)
            .allMatch(
                shape ->
                    shape.rank() >= leading.rank()
                        && shape.slice(0, leading.rank()).equals(leading));
  }
}
