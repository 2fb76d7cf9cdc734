package dev.ebt.optimize;

import dev.ebt.optimize.Optimizer.Slot;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A transformation of a gradient before the gradient step, such as clipping or momentum. A {@link
 * GradientTransformChain} of transforms is an optimizer.
 */
public interface GradientTransform {
  /** Returns the state that is kept between the steps of one value. */
  default List<Slot> slots() {
    return List.of();
  }

  /** Returns the transformed gradient and the new state. */
  Transformed transform(Optimizer.Inputs inputs);

  /**
   * Returns the transformed gradients of several values that are updated together, in their order.
   * By default each is transformed by itself; a transform by a statistic of all gradients, such as
   * their global norm, overrides this.
   */
  default List<Transformed> transformAll(List<Optimizer.Inputs> all) {
    return all.stream().map(this::transform).toList();
  }

  /** A transformed gradient, with the shape of the value, and the new value of every slot. */
  record Transformed(Tensor gradient, Map<String, Tensor> slots) {
    /** Returns a transformed gradient without state. */
    public static Transformed of(Tensor gradient) {
      return new Transformed(gradient, Map.of());
    }
  }
}
