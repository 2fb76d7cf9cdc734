package dev.ebt.think;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ProgramMemory;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * An estimate of the memory of a thinking session in single precision, by the shapes of its
 * tensors, available before anything is allocated. The parameters are not included.
 *
 * @param rows the rows that are thought about together
 * @param predictions the predictions of each row, such as candidates; 0 where the model decides
 * @param session bytes of the observations and candidates
 * @param step peak bytes of intermediate results in a step
 */
record ThinkingMemory(int rows, int predictions, long session, long step) {
  private static final double GIBIBYTE = 1L << 30;

  /**
   * Returns the estimate.
   *
   * @param observed the variables of one observation
   * @param kept the number of observations
   * @param own all other variables of a session
   */
  static ThinkingMemory of(
      int rows,
      int predictions,
      Set<Variable> observed,
      int kept,
      Set<Variable> own,
      Collection<Program> programs) {
    return new ThinkingMemory(
        rows,
        predictions,
        bytes(observed) * kept + bytes(own),
        programs.stream().mapToLong(program -> ProgramMemory.of(program).peak()).max().orElse(0));
  }

  private static long bytes(Set<Variable> variables) {
    return variables.stream()
        .mapToLong(variable -> ProgramMemory.bytes(variable.type(), variable.shape()))
        .sum();
  }

  /** Returns the total, in bytes. */
  long total() {
    return session + step;
  }

  /**
   * Rejects a session that does not fit in memory.
   *
   * @param available bytes that the machine has
   * @throws UserException with both numbers, if the total is more
   */
  void requireFits(long available) {
    if (total() > available) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking about %,d rows%s together takes about %.1f GiB (observations and candidates"
                  + " %.1f, one step %.1f) and this machine has %.1f GiB; try fewer candidates or"
                  + " smaller batches",
              rows,
              predictions > 0 ? String.format(Locale.ROOT, " of %,d predictions", predictions) : "",
              total() / GIBIBYTE,
              session / GIBIBYTE,
              step / GIBIBYTE,
              available / GIBIBYTE));
    }
  }
}
