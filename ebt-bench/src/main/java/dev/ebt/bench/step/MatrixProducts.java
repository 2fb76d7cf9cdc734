package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.OperationCount;
import dev.ebt.tensor.OperationCount.Product;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The matrix products of a training step without anything else, to measure how long they take by
 * themselves. A run computes several of one shape, as the start of a run takes time, too, on
 * operands that stay on the device and with results that stay there.
 */
final class MatrixProducts implements AutoCloseable {
  /** The operations of a run that take much longer than its start. */
  private static final long OPERATIONS = 1L << 29;

  private static final int MOST_AT_ONCE = 16;

  private final Backend backend;
  private final List<Shapes> all = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();

  /** Products of one shape: a program of some, and how many runs make those of a step. */
  private record Shapes(Executable program, int runs) {
    void compute() {
      for (int i = 0; i < runs; i++) {
        program.run(Map.of());
      }
    }
  }

  /** Compiles the products of a step, and runs each once, as first runs take longer. */
  MatrixProducts(Backend backend, OperationCount step) {
    this.backend = backend;
    step.products().forEach((product, count) -> all.add(shapes(product, count)));
    time();
  }

  private Shapes shapes(Product product, int count) {
    int atOnce = atOnce(product, count);
    Program.Builder program = Program.named("product");
    Tensor right = variable(product.right()).read();
    for (int i = 0; i < atOnce; i++) {
      Tensor left = variable(product.left()).read();
      Tensor result = Tensor.of(product.op(), left, right);
      program.update(free(result.shape()), result);
    }
    return new Shapes(backend.compile(program.build()), count / atOnce);
  }

  /**
   * Returns the largest number that divides the count, of so many products as a run should have.
   */
  private static int atOnce(Product product, int count) {
    long enough = Math.max(1, OPERATIONS / Math.max(1, product.operations()));
    int atOnce = (int) Math.min(Math.min(count, MOST_AT_ONCE), enough);
    while (count % atOnce != 0) {
      atOnce--;
    }
    return atOnce;
  }

  private Variable free(Shape shape) {
    Variable variable = Variable.real("product." + variables.size(), shape);
    variables.add(variable);
    return variable;
  }

  private Variable variable(Shape shape) {
    Variable variable = free(shape);
    backend.assign(variable, Array.filled(shape, 0.5));
    return variable;
  }

  /** Returns the time of all products of a step. */
  Stopwatch.Time time() {
    return Stopwatch.time(() -> all.forEach(Shapes::compute));
  }

  @Override
  public void close() {
    all.forEach(shapes -> shapes.program().close());
    backend.release(variables);
  }
}
