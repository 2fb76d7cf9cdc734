package dev.ebt.vision.encoder;

import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/** Where a layer gets its weights from: they are learnt, or frozen. */
@FunctionalInterface
interface Weights {
  /** The weight of this name and shape. */
  Tensor get(String name, Shape shape);

  /** Weights that are learnt: matrices Xavier-normal at first, biases 0. */
  static Weights learnt(Parameters parameters) {
    return (name, shape) ->
        shape.rank() == 1
            ? parameters.undecayed(name, shape, Initializer.constant(0))
            : parameters.weight(name, shape, Initializer.xavierNormal());
  }

  /** Weights that are what they are. */
  static Weights frozen(Map<String, Array> weights) {
    return (name, shape) -> Tensor.constant(weights.get(name));
  }
}
