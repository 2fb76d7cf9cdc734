package dev.ebt.optimize;

import dev.ebt.optimize.GradientTransform.Transformed;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradient descent on a transformed gradient, y ← y − α tₙ(…t₂(t₁(g))).
 *
 * @param transforms the transforms, applied in this order
 */
public record GradientTransformChain(List<GradientTransform> transforms) implements Optimizer {
  /** Creates a chain with an unmodifiable copy of the list. */
  public GradientTransformChain {
    transforms = List.copyOf(transforms);
  }

  /** Returns a chain of these transforms. */
  public static GradientTransformChain of(GradientTransform... transforms) {
    return new GradientTransformChain(List.of(transforms));
  }

  @Override
  public List<Slot> slots() {
    List<Slot> all = new ArrayList<>();
    for (int i = 0; i < transforms.size(); i++) {
      for (Slot slot : transforms.get(i).slots()) {
        all.add(new Slot(name(i, slot.name()), slot.extent(), slot.initial()));
      }
    }
    return all;
  }

  @Override
  public Optimizer.Update move(Optimizer.Inputs s) {
    return moveAll(List.of(s)).get(0);
  }

  @Override
  public List<Optimizer.Update> moveAll(List<Optimizer.Inputs> all) {
    List<Map<String, Tensor>> next = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (Optimizer.Inputs s : all) {
      next.add(new LinkedHashMap<>());
      gradients.add(s.gradient());
    }
    for (int i = 0; i < transforms.size(); i++) {
      List<Optimizer.Inputs> inputs = new ArrayList<>();
      for (int k = 0; k < all.size(); k++) {
        inputs.add(all.get(k).with(gradients.get(k), slots(i, all.get(k))));
      }
      List<Transformed> transformed = transforms.get(i).transformAll(inputs);
      for (int k = 0; k < all.size(); k++) {
        gradients.set(k, transformed.get(k).gradient());
        for (Map.Entry<String, Tensor> slot : transformed.get(k).slots().entrySet()) {
          next.get(k).put(name(i, slot.getKey()), slot.getValue());
        }
      }
    }
    List<Optimizer.Update> updates = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      Tensor step = all.get(k).stepSize().times(gradients.get(k));
      updates.add(new Optimizer.Update(all.get(k).value().minus(step), next.get(k)));
    }
    return updates;
  }

  /** Returns the slots of one transform, by their own names. */
  private Map<String, Tensor> slots(int stage, Optimizer.Inputs s) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (Slot slot : transforms.get(stage).slots()) {
      own.put(slot.name(), s.slot(name(stage, slot.name())));
    }
    return own;
  }

  /** Returns a slot name that is unique even if two transforms are of the same type. */
  private static String name(int stage, String slot) {
    return stage + "." + slot;
  }
}
