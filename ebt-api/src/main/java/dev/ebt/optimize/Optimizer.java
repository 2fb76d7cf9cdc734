package dev.ebt.optimize;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value moves, given its gradient. One interface at two levels: candidates move downhill in
 * energy while thinking, parameters downhill in loss while learning. Any optimizer serves either,
 * unless it {@linkplain #comparesEnergies compares energies}.
 */
public interface Optimizer {
  /** The state that it keeps between the steps of one value. */
  List<Slot> slots();

  /** Returns the value after one step, and the state then. */
  Update move(Inputs situation);

  /**
   * Returns whether a step looks at the energy of the value that it moves. Parameters have none: an
   * optimizer that does is for candidates only.
   */
  default boolean comparesEnergies() {
    return false;
  }

  /**
   * A tensor that an optimizer keeps of one value.
   *
   * @param name unique within the optimizer
   * @param extent how large it is
   * @param initial what it is filled with before the first step
   */
  record Slot(String name, Extent extent, double initial) {
    /** A tensor of the value's shape that begins at 0. */
    public static Slot likeValue(String name) {
      return new Slot(name, Extent.VALUE, 0);
    }

    /**
     * Returns the slot's shape.
     *
     * @param value the value's shape
     * @param leading how many leading axes of the value count rows and predictions; 0 for a
     *     parameter
     */
    public Shape shape(Shape value, int leading) {
      return switch (extent) {
        case VALUE -> value;
        case PREDICTION -> perPrediction(value, leading);
        case SCALAR -> Shape.scalar();
      };
    }
  }

  /** How large a slot is. */
  enum Extent {
    /** The shape of the value. */
    VALUE,
    /** One number per prediction, with an axis of size 1 for every further axis of the value. */
    PREDICTION,
    /** One number. */
    SCALAR
  }

  /** Returns one number per prediction as a shape that broadcasts to the value's. */
  static Shape perPrediction(Shape value, int leading) {
    int[] sizes = value.toIntArray();
    Arrays.fill(sizes, leading, sizes.length, 1);
    return Shape.of(sizes);
  }

  /**
   * What a step is computed from.
   *
   * @param value the value before the step
   * @param gradient of what is to become small, shape of the value
   * @param leading how many leading axes of the value count rows and predictions, which must not
   *     mix; 0 for a parameter, which is one thing
   * @param energy of the value, one number per prediction as {@link #perPrediction} lays them out;
   *     null for a parameter
   * @param slots the state, by slot name
   * @param stepSize learning rate or α; broadcasts to the value's shape
   * @param step how many steps this one makes, from 1; a real scalar
   * @param decayed whether weight decay applies
   */
  record Inputs(
      Tensor value,
      Tensor gradient,
      int leading,
      @Nullable Tensor energy,
      Map<String, Tensor> slots,
      Tensor stepSize,
      Tensor step,
      boolean decayed) {

    /** Returns the same with another gradient and other state. */
    public Inputs with(Tensor changedGradient, Map<String, Tensor> otherSlots) {
      return new Inputs(
          value, changedGradient, leading, energy, otherSlots, stepSize, step, decayed);
    }
  }

  /** The value after the step, and every slot. */
  record Update(Tensor value, Map<String, Tensor> slots) {}
}
