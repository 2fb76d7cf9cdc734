package dev.ebt.stop;

import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A rule for when thinking about a prediction ends, applied in every step and to every prediction
 * by itself. A prediction that has stopped is not updated any more. The rule is computed on the
 * device, in the program of a step.
 *
 * <p>Results are 1 where a prediction stops and 0 elsewhere, one real number per prediction. A rule
 * that looks back further than one step, such as one with an average of energies, keeps its state
 * in {@linkplain #slots slots}; the rule itself is stateless.
 */
public interface StoppingRule {
  /** Returns which predictions stop before the update of this step, which is then not applied. */
  default Tensor settled(Inputs step) {
    return step.none();
  }

  /** Returns which predictions stop after the update of this step. */
  default Tensor finished(Inputs step) {
    return step.none();
  }

  /** Returns the state that is kept between the steps of a prediction; none by default. */
  default List<Slot> slots() {
    return List.of();
  }

  /**
   * Returns the state after this step: every slot by its name, each [rows, predictions...]. It is
   * computed in every step, also for predictions that have stopped.
   */
  default Map<String, Tensor> nextSlots(Inputs step) {
    return Map.of();
  }

  /**
   * Returns whether energies of different steps are compared. Such a rule is refused where each
   * step has an energy function of its own.
   */
  default boolean comparesEnergies() {
    return false;
  }

  /**
   * A number that a rule keeps for each prediction, on the device.
   *
   * @param name the name, unique within the rule
   * @param initial the value before the first step
   */
  record Slot(String name, double initial) {}

  /**
   * Returns whether predictions are compared as distributions. Such a rule is refused for
   * candidates that do not stand for one.
   */
  default boolean comparesDistributions() {
    return false;
  }

  /**
   * The inputs of a rule in one step.
   *
   * @param energy of the candidates that enter the step, [rows, predictions...]
   * @param previousEnergy of those that entered the step before; 1e30 in the first step
   * @param gradient of the energy, [rows, candidate...]
   * @param prediction the model input of the candidates that enter the step: for text,
   *     probabilities
   * @param next the model input after the update
   * @param evaluations number of evaluations so far, this one included, a real scalar
   * @param slots the state before this step, by slot name, each [rows, predictions...]
   */
  record Inputs(
      Tensor energy,
      Tensor previousEnergy,
      Tensor gradient,
      Tensor prediction,
      Tensor next,
      Tensor evaluations,
      Map<String, Tensor> slots) {
    /** Makes an unmodifiable copy of the map. */
    public Inputs {
      slots = Map.copyOf(slots);
    }

    /** Creates the inputs of a rule without state. */
    public Inputs(
        Tensor energy,
        Tensor previousEnergy,
        Tensor gradient,
        Tensor prediction,
        Tensor next,
        Tensor evaluations) {
      this(energy, previousEnergy, gradient, prediction, next, evaluations, Map.of());
    }

    /** Returns these inputs with another state. */
    public Inputs with(Map<String, Tensor> otherSlots) {
      return new Inputs(
          energy, previousEnergy, gradient, prediction, next, evaluations, otherSlots);
    }

    /**
     * Returns the state of a slot.
     *
     * @throws IllegalArgumentException if the rule has no slot with this name
     */
    public Tensor slot(String name) {
      Tensor state = slots.get(name);
      if (state == null) {
        throw new IllegalArgumentException(
            "no slot '" + name + "' among " + slots.keySet() + "; slots() must return it");
      }
      return state;
    }

    /** Returns 0 for every prediction. */
    public Tensor none() {
      return Tensor.zeros(energy.shape());
    }

    /** Returns the sum over each prediction's own elements. */
    public Tensor sumPerPrediction(Tensor elements) {
      int leading = energy.shape().rank();
      int[] axes = IntStream.range(leading, elements.shape().rank()).toArray();
      return axes.length == 0 ? elements : elements.sum(axes);
    }
  }
}
