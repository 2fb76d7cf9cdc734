package dev.ebt.tensorflow;

import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;

/**
 * Access to single variables of one type where handles cannot be fed.
 *
 * <p>TensorFlow prepares each new set of nodes to run, which takes about 0.1 s in the graph of a
 * model, and a checkpoint has hundreds of variables. So all variables share one set of nodes: each
 * variable's handle passes a switch that is open if the fed number is the variable's own, and the
 * nodes behind the other switches do not run.
 */
final class SwitchedAccess implements VariableAccess {
  private final Map<String, Long> numbers = new HashMap<>();
  private final GraphSession.Call read;
  private final GraphSession.Call write;

  SwitchedAccess(GraphSession session, ElementType type, List<Variable> variables) {
    GraphWriter writer = new GraphWriter();
    String number = writer.placeholder("number", ElementType.INTEGER, Shape.scalar());
    String value = writer.node("Placeholder").attribute("dtype", type).add();
    List<String> reads = new ArrayList<>();
    List<String> writes = new ArrayList<>();
    for (Variable variable : variables) {
      String chosen = chosen(writer, number, numbers.size(), variable);
      numbers.put(variable.name(), (long) numbers.size());
      reads.add(writer.node("ReadVariableOp", chosen).attribute("dtype", type).add());
      writes.add(writer.assign(chosen, value, type));
    }
    String merged =
        writer
            .node("Merge", reads.toArray(String[]::new))
            .attribute("N", reads.size())
            .attribute("T", type)
            .add();
    String written = writer.barrier("written", writes);
    GraphSession.Part part = session.add("variables", writer.finish());
    this.read = part.call(List.of(number), List.of(merged), List.of());
    this.write = part.call(List.of(number, value), List.of(), List.of(written));
  }

  private static String chosen(GraphWriter writer, String number, long own, Variable variable) {
    String isChosen =
        writer
            .node("Equal", number, writer.constant(Array.scalar(own)))
            .attribute("T", ElementType.INTEGER)
            .attribute("incompatible_shape_error", true)
            .add();
    return writer
            .node("Switch", writer.handle(variable), isChosen)
            .attribute("T", DataType.DT_RESOURCE)
            .add()
        + ":1";
  }

  @Override
  public Array read(Variable variable) {
    return read.run(List.of(number(variable))).get(0);
  }

  @Override
  public void write(Variable variable, Array value) {
    write.run(List.of(number(variable), value));
  }

  private Array number(Variable variable) {
    return Array.scalar((long) Required.of(numbers, variable.name()));
  }
}
