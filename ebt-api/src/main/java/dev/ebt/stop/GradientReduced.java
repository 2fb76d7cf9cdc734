package dev.ebt.stop;

import dev.ebt.error.SettingException;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Stops where the Euclidean norm of the energy's gradient is below a share of that at the initial
 * candidate. Unlike the bound of {@link GradientSmall} this one depends neither on the scale of the
 * energy nor on the number of elements of a candidate.
 *
 * @param share the share, between 0 and 1
 */
public record GradientReduced(double share) implements StoppingRule {
  private static final String FIRST = "first";

  /** Before the first step, below any norm. */
  private static final double NEVER = -1;

  /** Validates the setting. */
  public GradientReduced {
    if (!(share > 0 && share < 1)) {
      throw SettingException.of("share", share, "between 0 and 1");
    }
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot(FIRST, NEVER));
  }

  @Override
  public Tensor settled(Inputs step) {
    return Functions.real(norm(step).less(first(step).times(share)));
  }

  @Override
  public Map<String, Tensor> nextSlots(Inputs step) {
    return Map.of(FIRST, first(step));
  }

  /** Returns the norm at the initial candidate, in the first step that of this one. */
  private static Tensor first(Inputs step) {
    Tensor known = step.slot(FIRST);
    return Functions.select(known.less(Tensor.constant(0)), norm(step), known);
  }

  private static Tensor norm(Inputs step) {
    return Functions.sqrt(step.sumPerPrediction(step.gradient().square()));
  }
}
