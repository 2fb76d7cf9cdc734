package dev.ebt.optimize;

import java.util.List;
import java.util.Map;

/** Gradient descent, y ← y − α g. */
public record GradientDescent() implements Optimizer {
  @Override
  public List<Slot> slots() {
    return List.of();
  }

  @Override
  public Optimizer.Update move(Optimizer.Inputs s) {
    return new Optimizer.Update(s.value().minus(s.stepSize().times(s.gradient())), Map.of());
  }
}
