package dev.ebt.tensorflow;

import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.GraphDef;

/**
 * A program as a TensorFlow graph.
 *
 * @param inputs the placeholder of each input, by the input's name, in the program's order
 * @param outputs the node of each output, by the output's name, in the program's order
 * @param done the node that runs when every update has happened
 */
record ProgramGraph(
    GraphDef definition, Map<String, String> inputs, Map<String, String> outputs, String done) {

  static ProgramGraph of(Program program) {
    GraphWriter writer = new GraphWriter();
    Lowering lowering = new Lowering(writer, new AddNFusion(program));
    program.nodes().forEach(lowering::lower);
    Map<String, String> outputs = new LinkedHashMap<>();
    program
        .outputs()
        .forEach((name, tensor) -> outputs.put(name, output(writer, lowering, tensor)));
    String done = writer.barrier("done", updates(writer, lowering, program));
    return new ProgramGraph(writer.finish(), lowering.inputs(), outputs, done);
  }

  /** An identity, because TensorFlow cannot fetch what it was fed, nor one node twice. */
  private static String output(GraphWriter writer, Lowering lowering, Tensor tensor) {
    return writer.node("Identity", lowering.full(tensor)).attribute("T", tensor.type()).add();
  }

  /**
   * Every update waits for every read: a variable that changed while another operation still had to
   * read it would make results depend on the timing of threads.
   */
  private static List<String> updates(GraphWriter writer, Lowering lowering, Program program) {
    List<String> assignments = new ArrayList<>();
    String read = writer.barrier("read", lowering.reads());
    program
        .updates()
        .forEach(
            (variable, tensor) ->
                assignments.add(update(writer, lowering, read, variable, tensor)));
    return assignments;
  }

  private static String update(
      GraphWriter writer, Lowering lowering, String read, Variable variable, Tensor tensor) {
    return writer.assign(
        writer.handle(variable), lowering.full(tensor), variable.type(), GraphWriter.control(read));
  }

  /** What a run of it feeds, fetches and executes, once its definition was added to a graph. */
  GraphSession.Call call(GraphSession.Part part) {
    return part.call(List.copyOf(inputs.values()), List.copyOf(outputs.values()), List.of(done));
  }
}
