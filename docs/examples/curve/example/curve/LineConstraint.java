package example.curve;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * A constraint written by hand: y is near the line y = a·x + b. Its energy is ½(y − a·x − b)²,
 * which a configuration adds to that of the model with a weight.
 *
 * @param slope a (0)
 * @param intercept b (0)
 */
public record LineConstraint(Double slope, Double intercept) implements EnergyTerm {
  private static final String LINE = "line";

  /** Fills in defaults and rejects numbers that are not finite. */
  public LineConstraint {
    slope = requireNonNullElse(slope, 0.0);
    intercept = requireNonNullElse(intercept, 0.0);
    if (!Double.isFinite(slope)) {
      throw SettingException.of("slope", slope, "a finite number");
    }
    if (!Double.isFinite(intercept)) {
      throw SettingException.of("intercept", intercept, "a finite number");
    }
  }

  /** Returns a·x + b, which no candidate changes. */
  @Override
  public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of(LINE, context.get(CurveModality.X).times(slope).plus(intercept));
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
    return modelInput.minus(observed.get(LINE)).square().times(0.5).sum(-1);
  }
}
