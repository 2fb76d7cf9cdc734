package dev.ebt.optimize;

import dev.ebt.optimize.Optimizer.Slot;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A stage between a gradient and the step against it, such as clipping or momentum. A {@link Chain}
 * of them is an optimizer.
 */
public interface GradientTransform {
  /** The state that it keeps between the steps of one value. */
  default List<Slot> slots() {
    return List.of();
  }

  /** Returns the transformed gradient, and the state then. */
  Transformed transform(Optimizer.Inputs situation);

  /** A transformed gradient, in the shape of the value, and every slot. */
  record Transformed(Tensor gradient, Map<String, Tensor> slots) {
    /** A gradient that no state goes with. */
    public static Transformed of(Tensor gradient) {
      return new Transformed(gradient, Map.of());
    }
  }
}
