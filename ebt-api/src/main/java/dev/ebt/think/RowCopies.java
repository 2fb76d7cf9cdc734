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
 * The programs that copy rows of some variables, or predictions of all rows, from one session to
 * another on the device. Each copies 1, 2, 4, … of them, so that a few programs serve any number.
 */
final class RowCopies {
  private static final String SOURCES = "sources";
  private static final String TARGETS = "targets";

  private final Backend backend;
  private final List<Variable> variables;
  private final int leading;
  private final Map<Shape, Map<Integer, UnboundProgram>> programs = new HashMap<>();

  /**
   * Creates the programs that copy rows, which are compiled on first use.
   *
   * @param variables [rows, ...] each
   */
  RowCopies(Backend backend, List<Variable> variables) {
    this(backend, variables, 1);
  }

  /**
   * Creates the programs.
   *
   * @param variables [copied..., ...] each
   * @param leading the number of axes that index what is copied
   */
  RowCopies(Backend backend, List<Variable> variables, int leading) {
    this.backend = backend;
    this.variables = List.copyOf(variables);
    this.leading = leading;
  }

  /** Returns the names of the variables, in their order. */
  Stream<String> names() {
    return variables.stream().map(Variable::name);
  }

  /**
   * Copies rows, or predictions by their indices among those of all rows.
   *
   * @param from the variables of the other predictor, in the order of those here
   * @param to the variables of this predictor, in the same order
   * @param sources numbers there
   * @param targets numbers here, distinct
   */
  void copy(List<Variable> from, List<Variable> to, int[] sources, int[] targets) {
    Shape extent = from.get(0).shape().slice(0, leading);
    for (int done = 0; done < sources.length; ) {
      int count = Integer.highestOneBit(sources.length - done);
      Map<Variable, Variable> binding = new LinkedHashMap<>();
      for (int i = 0; i < variables.size(); i++) {
        binding.put(variables.get(i), to.get(i));
        binding.put(sourceOf(variables.get(i), extent), from.get(i));
      }
      try (Executable program =
          programs
              .computeIfAbsent(extent, key -> new HashMap<>())
              .computeIfAbsent(count, key -> program(extent, key))
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

  private Variable sourceOf(Variable variable, Shape extent) {
    Shape rest = variable.shape().slice(leading, variable.shape().rank());
    return new Variable(
        "source." + variable.name(), extent.plus(rest.toIntArray()), variable.type());
  }

  /** Returns the values of a variable with one axis in place of the leading ones. */
  private Tensor flat(Variable variable) {
    int count = variable.shape().slice(0, leading).elements();
    Shape rest = variable.shape().slice(leading, variable.shape().rank());
    return variable.read().reshape(Shape.of(count).plus(rest.toIntArray()));
  }

  private UnboundProgram program(Shape extent, int count) {
    Tensor sources = Tensor.input(SOURCES, Shape.of(count), ElementType.INTEGER);
    Tensor targets = Tensor.input(TARGETS, Shape.of(count), ElementType.INTEGER);
    Program.Builder program = Program.named("copy" + count);
    List<Variable> free = new ArrayList<>();
    for (Variable variable : variables) {
      Variable source = sourceOf(variable, extent);
      Tensor copied = Functions.gather(flat(source), sources);
      Tensor updated = Functions.scatterUpdate(flat(variable), targets, copied);
      program.update(variable, updated.reshape(variable.shape()));
      free.addAll(List.of(variable, source));
    }
    return backend.template(program.build(), free);
  }
}
