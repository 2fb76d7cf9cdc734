package dev.ebt.tensorflow;

import dev.ebt.tensor.Program;
import dev.ebt.tensor.Sources;
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

  static CompiledProgram of(Program program, List<Variable> free, GraphSession session) {
    ProgramGraph graph = ProgramGraph.of(program, free);
    GraphSession.Part part = session.add(program.name(), graph.definition());
    return new CompiledProgram(
        program,
        free,
        List.copyOf(program.inputs().values()),
        List.copyOf(program.outputs().keySet()),
        program.reads(),
        graph.call(part),
        part.size());
  }
}
