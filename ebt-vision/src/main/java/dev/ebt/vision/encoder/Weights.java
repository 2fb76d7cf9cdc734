package dev.ebt.vision.encoder;

import dev.ebt.error.Required;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/** The source of a layer's weights, trainable or frozen. */
@FunctionalInterface
interface Weights {
  /** Returns the weight of this name and shape. */
  Tensor get(String name, Shape shape);

  /** Returns trainable weights: matrices initialized Xavier-normal, biases 0. */
  static Weights learned(Parameters parameters) {
    return (name, shape) ->
        shape.rank() == 1
            ? parameters.undecayed(name, shape, Initializer.constant(0))
            : parameters.weight(name, shape, Initializer.xavierNormal());
  }

  /** Returns constant weights. */
  static Weights frozen(Map<String, Array> weights) {
    return (name, shape) -> Tensor.constant(Required.of(weights, name));
  }
}
