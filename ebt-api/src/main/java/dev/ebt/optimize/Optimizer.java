package dev.ebt.optimize;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gradient-based update rule, used at two levels: to minimize the energy over candidates in
 * thinking, and the loss over parameters in training. Any optimizer can do either, unless it
 * {@linkplain #comparesEnergies compares energies}.
 */
public interface Optimizer {
  /** Returns the state that is kept between the steps of one value. */
  List<Slot> slots();

  /** Returns the value after one step and the new state. */
  Update move(Inputs inputs);

  /**
   * Returns the updates of several values that are updated together, in their order: those of a
   * training's parameters. By default each is updated by itself.
   */
  default List<Update> moveAll(List<Inputs> all) {
    return all.stream().map(this::move).toList();
  }

  /**
   * Returns whether a step uses the energy of the value that it updates. Parameters have no energy,
   * so such an optimizer is for candidates only.
   */
  default boolean comparesEnergies() {
    return false;
  }

  /**
   * Returns whether a step draws random numbers, as one of a sampler does. Parameters have none, so
   * such an optimizer is for candidates only.
   */
  default boolean isRandom() {
    return false;
  }

  /**
   * Returns whether candidates have elements −1 and 1 that a step flips. Such an optimizer is for
   * modalities with binary candidates, and these take no other.
   */
  default boolean movesBinary() {
    return false;
  }

  /**
   * Returns the number of steps after which the value is a result: that of a sampler which moves in
   * several steps and then accepts or rejects the whole move. Numbers of steps that are no multiple
   * are refused. 1 unless overridden.
   */
  default int stepsPerSample() {
    return 1;
  }

  /**
   * A state tensor that an optimizer keeps for one value.
   *
   * @param name the name, unique within the optimizer
   * @param extent the size
   * @param initial the value of all elements before the first step
   */
  record Slot(String name, Extent extent, double initial) {
    /** Returns a slot of the value's shape, initially 0. */
    public static Slot likeValue(String name) {
      return new Slot(name, Extent.VALUE, 0);
    }

    /**
     * Returns the slot's shape.
     *
     * @param value the value's shape
     * @param leading the number of leading axes of the value that index rows and predictions; 0 for
     *     a parameter
     */
    public Shape shape(Shape value, int leading) {
      return switch (extent) {
        case VALUE -> value;
        case PREDICTION -> perPrediction(value, leading);
        case SCALAR -> Shape.scalar();
      };
    }
  }

  /** The size of a slot. */
  enum Extent {
    /** The shape of the value. */
    VALUE,
    /** One number per prediction, with an axis of size 1 for every further axis of the value. */
    PREDICTION,
    /** One number. */
    SCALAR
  }

  /** Returns the shape of one number per prediction that broadcasts to the value's shape. */
  static Shape perPrediction(Shape value, int leading) {
    int[] sizes = value.toIntArray();
    Arrays.fill(sizes, leading, sizes.length, 1);
    return Shape.of(sizes);
  }

  /**
   * The inputs of a step.
   *
   * @param value the value before the step
   * @param gradient the gradient of the minimized quantity, with the shape of the value
   * @param leading the number of leading axes of the value that index rows and predictions, which
   *     must be independent; 0 for a parameter, which is updated as a whole
   * @param energy the energy of the value, one number per prediction in the shape of {@link
   *     #perPrediction}; null for a parameter
   * @param slots the state, by slot name
   * @param stepSize the learning rate or α; broadcasts to the value's shape
   * @param step the number of this step, from 1; a real scalar
   * @param decayed whether weight decay applies
   * @param noise the random numbers of this step; null for a parameter
   */
  record Inputs(
      Tensor value,
      Tensor gradient,
      int leading,
      @Nullable Tensor energy,
      Map<String, Tensor> slots,
      Tensor stepSize,
      Tensor step,
      boolean decayed,
      @Nullable StepNoise noise) {

    /** Creates the inputs of a step without random numbers. */
    public Inputs(
        Tensor value,
        Tensor gradient,
        int leading,
        @Nullable Tensor energy,
        Map<String, Tensor> slots,
        Tensor stepSize,
        Tensor step,
        boolean decayed) {
      this(value, gradient, leading, energy, slots, stepSize, step, decayed, null);
    }

    /**
     * Returns the random numbers.
     *
     * @throws IllegalStateException if the value is a parameter
     */
    public StepNoise random() {
      if (noise == null) {
        throw new IllegalStateException("a parameter has no random numbers");
      }
      return noise;
    }

    /**
     * Returns the energy of the value.
     *
     * @throws IllegalStateException if the value is a parameter
     */
    public Tensor energyOfValue() {
      if (energy == null) {
        throw new IllegalStateException("a parameter has no energy");
      }
      return energy;
    }

    /**
     * Returns the state of a slot.
     *
     * @throws IllegalArgumentException if the optimizer has no slot with this name
     */
    public Tensor slot(String name) {
      Tensor state = slots.get(name);
      if (state == null) {
        throw new IllegalArgumentException(
            "no slot '" + name + "' among " + slots.keySet() + "; slots() must return it");
      }
      return state;
    }

    /** Returns these inputs with another gradient and state. */
    public Inputs with(Tensor changedGradient, Map<String, Tensor> otherSlots) {
      return new Inputs(
          value, changedGradient, leading, energy, otherSlots, stepSize, step, decayed, noise);
    }
  }

  /** The value and every slot after a step. */
  record Update(Tensor value, Map<String, Tensor> slots) {}
}
