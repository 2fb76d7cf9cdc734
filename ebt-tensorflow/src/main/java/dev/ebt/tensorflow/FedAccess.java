package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.List;

/** Access to all variables of one type by the same nodes, which are fed with a handle. */
final class FedAccess implements VariableAccess {
  private final ResourceHandles handles;
  private final GraphSession.Call read;
  private final GraphSession.Call write;
  private final GraphSession.Call destroy;

  FedAccess(GraphSession session, ResourceHandles handles, ElementType type) {
    this.handles = handles;
    GraphWriter writer = new GraphWriter();
    Variable free = new Variable("free", Shape.scalar(), type);
    String fed = writer.feedHandles(List.of(free));
    String handle = writer.handle(free);
    String value = writer.node("Placeholder").attribute("dtype", type).add();
    String reading = writer.node("ReadVariableOp", handle).attribute("dtype", type).add();
    String written = writer.barrier("written", List.of(writer.assign(handle, value, type)));
    String destroyed = writer.destroy(handle);
    GraphSession.Part part = session.add("variables", writer.finish());
    this.read = part.call(List.of(fed), List.of(reading), List.of());
    this.write = part.call(List.of(value, fed), List.of(), List.of(written));
    this.destroy = part.call(List.of(fed), List.of(), List.of(destroyed));
  }

  @Override
  public Array read(Variable variable) {
    return read.run(List.of(), handles.of(List.of(variable))).get(0);
  }

  @Override
  public void write(Variable variable, Array value) {
    write.run(List.of(value), handles.of(List.of(variable)));
  }

  /** Frees the memory of a variable. */
  void destroy(Variable variable) {
    destroy.run(List.of(), handles.of(List.of(variable)));
  }
}
