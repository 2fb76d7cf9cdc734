package dev.ebt.tensorflow;

import dev.ebt.tensor.MatMul;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;

/**
 * A program in the graph of a backend.
 *
 * @param free the variables whose handles each run is fed with, after the inputs
 * @param operations the number of its nodes
 */
record CompiledProgram(
    Program program,
    List<Variable> free,
    List<Sources.Input> inputs,
    List<String> outputs,
    List<Variable> reads,
    GraphSession.Call call,
    int operations) {
  /**
   * The multiplications of all matrix products of a small program, such as a step of generation.
   */
  private static final long SMALL = 1L << 25;

  static CompiledProgram of(Program program, List<Variable> free, GraphSession session) {
    boolean small = isSmall(program);
    ProgramGraph graph =
        ProgramGraph.of(program, free, small && session.usesXla(), session.products());
    GraphSession.Part part = session.add(program.name(), graph.definition());
    return new CompiledProgram(
        program,
        free,
        List.copyOf(program.inputs().values()),
        List.copyOf(program.outputs().keySet()),
        program.reads(),
        small ? graph.call(part).onCallingThread() : graph.call(part),
        part.size());
  }

  private static boolean isSmall(Program program) {
    long multiplications = 0;
    for (Tensor tensor : program.nodes()) {
      if (tensor.op() instanceof MatMul product) {
        int inner = tensor.input(0).shape().size(product.transposeLeft() ? -2 : -1);
        multiplications += (long) tensor.shape().elements() * inner;
      }
    }
    return multiplications < SMALL;
  }
}
