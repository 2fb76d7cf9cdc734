package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ProgramMemory;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An estimate of the device memory that training takes, in single precision, available before it
 * starts. The memory of Java and the backend themselves, and of replay buffers, is not included.
 *
 * @param parameters bytes of all parameters
 * @param slots bytes of the optimizer's slots
 * @param others bytes of accumulated gradients and of state passed between thinking steps
 * @param step peak bytes of intermediate results in a training step
 */
public record TrainingMemory(long parameters, long slots, long others, long step) {
  private static final double GIBIBYTE = 1L << 30;

  /**
   * Returns the estimate for batches of {@code rows} rows.
   *
   * @param accumulating whether gradients of several batches are accumulated
   */
  public static TrainingMemory of(
      TrainingProblem trainingProblem, ParameterUpdateRule rule, int rows, boolean accumulating) {
    return new TracedObjective(
            trainingProblem, trainingProblem::predictionParameters, rule, rows, accumulating)
        .memory();
  }

  /**
   * Returns the estimate for programs.
   *
   * @param update the program that updates the parameters with accumulated gradients, if any
   */
  static TrainingMemory of(
      List<Program> training,
      Optional<Program> update,
      List<ParameterSpec> specs,
      List<Variable> slots) {
    List<Program> programs = new ArrayList<>(training);
    update.ifPresent(programs::add);
    Set<Variable> known = new LinkedHashSet<>(slots);
    specs.forEach(spec -> known.add(spec.variable()));
    Set<Variable> others = new LinkedHashSet<>();
    programs.forEach(program -> others.addAll(program.reads()));
    programs.forEach(program -> others.addAll(program.updates().keySet()));
    others.removeAll(known);
    return new TrainingMemory(
        bytes(specs.stream().map(ParameterSpec::variable).toList()),
        bytes(slots),
        bytes(others),
        programs.stream().mapToLong(p -> ProgramMemory.of(p).peak()).max().orElse(0));
  }

  private static long bytes(Iterable<Variable> variables) {
    long sum = 0;
    for (Variable variable : variables) {
      sum += ProgramMemory.bytes(variable.type(), variable.shape());
    }
    return sum;
  }

  /** Returns the total, in bytes. */
  public long total() {
    return parameters + slots + others + step;
  }

  /**
   * Returns an upper bound for the whole process, in bytes: a backend chooses its own execution
   * order, and Java and TensorFlow need memory themselves. The bound is empirical: on two
   * processors 21 training runs, of 0.1 to 5.4 GiB by {@link #total}, stayed below it, the nearest
   * by 0.1 GiB.
   */
  public long process() {
    return total() * 9 / 5 + (5L << 28);
  }

  /** Returns the process bound and its parts as one readable line. */
  public String line() {
    return String.format(
        Locale.ROOT, "up to %.1f GiB, of tensors about %s", process() / GIBIBYTE, this);
  }

  /**
   * Rejects training that does not fit in memory.
   *
   * @param available bytes that the machine has
   * @throws UserException if the total is more
   */
  public void requireFits(long available) {
    if (total() > available) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "training takes about %s and this machine has %.1f GiB; try a smaller"
                  + " training.batch, with training.accumulate for the rest of it,"
                  + " training.recompute=true if the model marks its layers, shorter rows"
                  + " (modality.length), a smaller model or vocabulary",
              this,
              available / GIBIBYTE));
    }
  }

  /** Returns the total and its parts as one readable line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f GiB (parameters %.2f, optimizer %.2f, between programs %.2f, one training step %.2f)",
        total() / GIBIBYTE,
        parameters / GIBIBYTE,
        slots / GIBIBYTE,
        others / GIBIBYTE,
        step / GIBIBYTE);
  }
}
