package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The programs that copy rows of some variables from one session to another on the device. Each
 * copies 1, 2, 4, … rows, so that a few programs serve any number.
 */
final class RowCopies {
  private static final String SOURCES = "sources";
  private static final String TARGETS = "targets";

  private final Backend backend;
  private final List<Variable> variables;
  private final Map<List<Integer>, UnboundProgram> programs = new HashMap<>();

  /**
   * Creates the programs, which are compiled on first use.
   *
   * @param variables [rows, ...] each
   */
  RowCopies(Backend backend, List<Variable> variables) {
    this.backend = backend;
    this.variables = List.copyOf(variables);
  }

  /** Returns the names of the variables, in their order. */
  Stream<String> names() {
    return variables.stream().map(Variable::name);
  }

  /**
   * Copies rows.
   *
   * @param from the variables of the other session, in the order of those here
   * @param to the variables of this session, in the same order
   * @param sources row numbers there
   * @param targets row numbers here, distinct
   */
  void copy(List<Variable> from, List<Variable> to, int[] sources, int[] targets) {
    int rows = from.get(0).shape().size(0);
    for (int done = 0; done < sources.length; ) {
      int count = Integer.highestOneBit(sources.length - done);
      Map<Variable, Variable> binding = new LinkedHashMap<>();
      for (int i = 0; i < variables.size(); i++) {
        binding.put(variables.get(i), to.get(i));
        binding.put(sourceOf(variables.get(i), rows), from.get(i));
      }
      try (Executable program =
          programs
              .computeIfAbsent(List.of(rows, count), key -> program(key.get(0), count))
              .bind(binding)) {
        program.run(
            Map.of(
                SOURCES, numbers(sources, done, count),
                TARGETS, numbers(targets, done, count)));
      }
      done += count;
    }
  }

  private static Array numbers(int[] rows, int from, int count) {
    return Array.of(
        Shape.of(count), Arrays.stream(rows, from, from + count).asLongStream().toArray());
  }

  private static Variable sourceOf(Variable variable, int rows) {
    return new Variable(
        "source." + variable.name(), variable.shape().with(0, rows), variable.type());
  }

  private UnboundProgram program(int rows, int count) {
    Tensor sources = Tensor.input(SOURCES, Shape.of(count), ElementType.INTEGER);
    Tensor targets = Tensor.input(TARGETS, Shape.of(count), ElementType.INTEGER);
    Program.Builder program = Program.named("copy" + count);
    List<Variable> free = new ArrayList<>();
    for (Variable variable : variables) {
      Variable source = sourceOf(variable, rows);
      Tensor copied = Functions.gather(source.read(), sources);
      program.update(variable, Functions.scatterUpdate(variable.read(), targets, copied));
      free.addAll(List.of(variable, source));
    }
    return backend.template(program.build(), free);
  }
}
