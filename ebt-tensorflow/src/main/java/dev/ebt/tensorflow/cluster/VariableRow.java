package dev.ebt.tensorflow.cluster;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Real variables of a backend that are read and assigned together, as one row of numbers: with a
 * run for each of its variables, a small model takes longer than with the sum itself.
 */
final class VariableRow implements AutoCloseable {
  private static final String ROW = "row";

  private final Shape shape;
  private final Executable reading;
  private final Executable writing;

  /** Compiles the programs that read and assign these variables, one after the other. */
  VariableRow(Backend backend, List<Variable> variables) {
    this.shape = Shape.of(elements(variables));
    this.reading = backend.compile(reading(variables));
    this.writing = backend.compile(writing(variables));
  }

  /** Returns the number of elements of variables. */
  static int elements(List<Variable> variables) {
    return variables.stream().mapToInt(variable -> variable.shape().elements()).sum();
  }

  private static Program reading(List<Variable> variables) {
    List<Tensor> parts = new ArrayList<>();
    variables.forEach(v -> parts.add(v.read().reshape(v.shape().elements())));
    return Program.named("row").output(ROW, Functions.concat(0, parts)).build();
  }

  private Program writing(List<Variable> variables) {
    Tensor row = Tensor.input(ROW, shape, ElementType.REAL);
    Program.Builder program = Program.named("from row");
    int from = 0;
    for (Variable variable : variables) {
      int size = variable.shape().elements();
      program.update(variable, row.slice(0, from, size).reshape(variable.shape()));
      from += size;
    }
    return program.build();
  }

  /** Returns a new array of the values of all variables. */
  float[] read() {
    return Required.of(reading.run(Map.of()), ROW).floats();
  }

  /** Assigns values to all variables. */
  void assign(float[] values) {
    writing.run(Map.of(ROW, Array.of(shape, values)));
  }

  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}
