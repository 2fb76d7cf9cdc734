package dev.ebt.optimize;

import java.util.List;
import java.util.Map;

/** y ← y − α g. */
public record GradientDescent() implements Optimizer {
  @Override
  public List<Slot> slots() {
    return List.of();
  }

  @Override
  public Move move(Situation s) {
    return new Move(s.value().minus(s.stepSize().times(s.gradient())), Map.of());
  }
}
