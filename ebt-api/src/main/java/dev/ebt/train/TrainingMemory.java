package dev.ebt.train;

import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ProgramMemory;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How much memory a training takes on the device, in single precision, told before it begins. What
 * Java and the backend take for themselves, and what regularizers remember, comes on top.
 *
 * @param parameters bytes of all parameters
 * @param slots bytes that the optimizer remembers them by
 * @param others bytes of accumulated gradients, and of what goes from one thinking step to the next
 * @param step bytes of intermediate results at the worst moment of a training step
 */
public record TrainingMemory(long parameters, long slots, long others, long step) {
  private static final double GIBIBYTE = 1L << 30;

  /**
   * Of learning from batches of so many rows.
   *
   * @param accumulating whether gradients of several batches are added up
   */
  public static TrainingMemory of(
      TrainingProblem lessons,
      Optimizer optimizer,
      Compatibility compatibility,
      double clip,
      int rows,
      boolean accumulating) {
    Function<Parameters, UpdatePrograms> learning =
        parameters -> new UpdatePrograms(optimizer, clip, compatibility, parameters);
    List<Integer> plan = lessons.objective().stepPlan(lessons.thinking());
    Optional<StepwiseObjective> stepwise = lessons.stepwise(plan, TrainingStepper.WHOLE_STEPS);
    Parameters parameters = new Parameters();
    Objective.ObjectiveOutput lesson =
        lessons.trace(stepwise.isPresent() ? 1 : rows, plan, parameters);
    List<Program> programs = new ArrayList<>();
    if (stepwise.isPresent()) {
      programs.addAll(
          new StepwisePrograms(
                  "teaching.",
                  asked -> lessons.task(rows, 0, plan, asked),
                  stepwise.get(),
                  learning,
                  lessons.weight(rows))
              .all(plan.size()));
    } else if (accumulating) {
      programs.add(learning.apply(parameters).accumulate(lesson, lessons.weight(rows)).build());
    } else {
      programs.add(learning.apply(parameters).whole(lesson, lessons.weight(rows)).build());
    }
    if (accumulating || stepwise.isPresent()) {
      programs.add(learning.apply(parameters).moveAccumulated());
    }
    List<ParameterSpec> specs = parameters.specs();
    return of(programs, specs, UpdatePrograms.slots(optimizer, compatibility, specs));
  }

  private static TrainingMemory of(
      List<Program> programs, List<ParameterSpec> specs, List<Variable> slots) {
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

  /** All of it, in bytes. */
  public long total() {
    return parameters + slots + others + step;
  }

  /**
   * What the whole process may come to, in bytes: a backend runs in an order of its own, and Java
   * and TensorFlow need memory themselves. An upper bound by measurement: on two processors six
   * trainings, of 0.3 to 5.4 GiB by {@link #total}, took 0.8 to 2.6 times that and stayed below.
   */
  public long process() {
    return total() * 17 / 10 + (1L << 29);
  }

  /** One line for a person: what the process may come to, and what of. */
  public String line() {
    return String.format(
        Locale.ROOT, "up to %.1f GiB, of tensors about %s", process() / GIBIBYTE, this);
  }

  /**
   * Refuses what cannot fit.
   *
   * @param available bytes that the machine has
   * @throws UserException if this is more
   */
  public void requireFits(long available) {
    if (total() > available) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "training takes about %s and this machine has %.1f GiB; what helps: a smaller"
                  + " training.batch, with training.accumulate for the rest of it, shorter rows"
                  + " (modality.length), a smaller model or vocabulary",
              this,
              available / GIBIBYTE));
    }
  }

  /** One line for a person. */
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
