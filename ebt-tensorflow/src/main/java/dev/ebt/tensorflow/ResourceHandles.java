package dev.ebt.tensorflow;

import com.google.protobuf.CodedInputStream;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.ResourceHandleProto;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The handles of variables in the form that a run is fed with, so that the same nodes serve any
 * variables of the right types. TensorFlow creates a variable at its first assignment, wherever its
 * handle comes from, so that new variables add nothing to the graph.
 *
 * <p>A handle is decoded on the CPU, and nodes that use it have to be on its device: this is for
 * backends without a GPU.
 */
final class ResourceHandles {
  private final GraphSession session;
  private @Nullable ResourceHandleProto prototype;

  ResourceHandles(GraphSession session) {
    this.session = session;
  }

  /** Returns the serialized handles of these variables, a vector. */
  byte[] of(List<Variable> variables) {
    TensorProto.Builder handles =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_RESOURCE)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(variables.size())));
    for (Variable variable : variables) {
      handles.addResourceHandleVal(prototype().toBuilder().setName(variable.name()));
    }
    return handles.build().toByteArray();
  }

  /** Returns the handle of some variable: all others differ from it only in the name. */
  private ResourceHandleProto prototype() {
    ResourceHandleProto made = prototype;
    if (made == null) {
      made = fetched();
      prototype = made;
    }
    return made;
  }

  private ResourceHandleProto fetched() {
    GraphWriter writer = new GraphWriter();
    String handle = writer.handle(new Variable("prototype", Shape.scalar(), ElementType.REAL));
    String text = writer.node("SerializeTensor", handle).attribute("T", DataType.DT_RESOURCE).add();
    GraphSession.Part part = session.add("handle", writer.finish());
    try {
      TensorProto tensor =
          TensorProto.parseFrom(part.call(List.of(), List.of(text), List.of()).text());
      // The content of a tensor of one handle: its length, then the handle itself.
      CodedInputStream content = tensor.getTensorContent().newCodedInput();
      content.readRawVarint32();
      return ResourceHandleProto.parseFrom(content).toBuilder().clearDtypesAndShapes().build();
    } catch (IOException e) {
      throw new IllegalStateException("TensorFlow wrote a handle that cannot be read", e);
    }
  }
}
