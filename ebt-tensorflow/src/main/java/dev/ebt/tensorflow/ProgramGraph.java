package dev.ebt.tensorflow;

import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.GraphDef;

/**
 * A program as a TensorFlow graph.
 *
 * @param inputs the placeholder of each input, by input name, in the program's order
 * @param outputs the node of each output, by output name, in the program's order
 * @param handles the placeholder of the free variables' handles; null without free variables
 * @param done the node that runs after all updates
 */
record ProgramGraph(
    GraphDef definition,
    Map<String, String> inputs,
    Map<String, String> outputs,
    @Nullable String handles,
    String done) {

  /**
   * Lowers a program.
   *
   * @param xla whether XLA compiles it
   * @param products how its matrix products are computed
   */
  static ProgramGraph of(Program program, List<Variable> free, boolean xla, ProductRules products) {
    GraphWriter writer = new GraphWriter(xla);
    String handles = free.isEmpty() ? null : writer.feedHandles(free);
    InPlaceUpdates inPlace = new InPlaceUpdates(program, free);
    AddNFusion sums = new AddNFusion(program);
    Lowering lowering =
        new Lowering(
            writer,
            sums,
            new ScatterFusion(program, sums),
            inPlace,
            xla ? products.forXla() : products);
    RunAheadLimit limit = new RunAheadLimit(writer, program);
    program.nodes().forEach(tensor -> limit.write(tensor, () -> lowering.lower(tensor)));
    Map<String, String> outputs = new LinkedHashMap<>();
    program
        .outputs()
        .forEach((name, tensor) -> outputs.put(name, output(writer, lowering, tensor)));
    String done = writer.barrier("done", updates(writer, lowering, inPlace, program));
    return new ProgramGraph(writer.finish(), lowering.inputs(), outputs, handles, done);
  }

  /** Adds an identity, because TensorFlow cannot fetch a fed node, nor one node twice. */
  private static String output(GraphWriter writer, Lowering lowering, Tensor tensor) {
    return writer.node("Identity", lowering.full(tensor)).attribute("T", tensor.type()).add();
  }

  /**
   * Adds the updates, each of which waits for all reads: if a variable changed before another
   * operation read it, results would depend on thread timing.
   */
  private static List<String> updates(
      GraphWriter writer, Lowering lowering, InPlaceUpdates inPlace, Program program) {
    List<String> assignments = new ArrayList<>();
    String read = writer.barrier("read", lowering.reads());
    program
        .updates()
        .forEach(
            (variable, tensor) -> {
              String value = lowering.full(tensor);
              if (inPlace.isShared(variable, tensor)) {
                value = writer.node("DeepCopy", value).attribute("T", tensor.type()).add();
              }
              assignments.add(
                  writer.assign(
                      writer.handle(variable), value, variable.type(), GraphWriter.control(read)));
            });
    return assignments;
  }

  /** Returns the call that runs this program, once its definition was added to a graph. */
  GraphSession.Call call(GraphSession.Part part) {
    List<String> feeds = new ArrayList<>(inputs.values());
    if (handles != null) {
      feeds.add(handles);
    }
    return part.call(feeds, List.copyOf(outputs.values()), List.of(done));
  }
}
