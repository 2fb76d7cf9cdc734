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
public record Chain(List<GradientTransform> transforms) implements Optimizer {
  /** Creates a chain with an unmodifiable copy of the list. */
  public Chain {
    transforms = List.copyOf(transforms);
  }

  /** Returns a chain of these transforms. */
  public static Chain of(GradientTransform... transforms) {
    return new Chain(List.of(transforms));
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
    Map<String, Tensor> next = new LinkedHashMap<>();
    Tensor gradient = s.gradient();
    for (int i = 0; i < transforms.size(); i++) {
      GradientTransform transform = transforms.get(i);
      Map<String, Tensor> own = new LinkedHashMap<>();
      for (Slot slot : transform.slots()) {
        own.put(slot.name(), s.slots().get(name(i, slot.name())));
      }
      Transformed made = transform.transform(s.with(gradient, own));
      gradient = made.gradient();
      for (Map.Entry<String, Tensor> slot : made.slots().entrySet()) {
        next.put(name(i, slot.getKey()), slot.getValue());
      }
    }
    return new Optimizer.Update(s.value().minus(s.stepSize().times(gradient)), next);
  }

  /** Returns a slot name that is unique even if two transforms are of the same type. */
  private static String name(int stage, String slot) {
    return stage + "." + slot;
  }
}
