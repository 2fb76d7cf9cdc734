package example.curve;

import static dev.ebt.tensor.Functions.tanh;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.ParameterSpec.Traits;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * A small energy, smooth everywhere, of an embedded context c and candidate y:
 *
 * <pre>
 * E(c, y) = w · tanh(W tanh(c + y + b) + d)
 * </pre>
 *
 * <p>∂E/∂y must change with y: where it does not (an energy that is linear in y, or made of
 * straight pieces), steps could learn which way to go but not where to stop.
 *
 * @param width neurons in each of the two layers
 */
public record CurveEnergy(int width) implements EnergyModel {
  private static final String CONTEXT = "context";

  /**
   * Its settings, a record of their own: an optional setting is an {@code Integer}, and {@code
   * Integer width()} could not be the {@code int width()} of the interface.
   *
   * @param width neurons in each of the two layers (32)
   */
  public record Settings(Integer width) {

    /** Fills in the default and rejects invalid values. */
    public Settings {
      width = requireNonNullElse(width, 32);
      if (width < 1) {
        throw SettingException.of("width", width, "at least 1");
      }
    }
  }

  @Override
  public String description() {
    return "curve energy, two layers of " + width + " neurons";
  }

  /** Returns everything that does not depend on the candidate. */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of(CONTEXT, context.plus(bias("first.bias", parameters)));
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor first = tanh(observed.get(CONTEXT).plus(candidate));
    Tensor second =
        tanh(
            Linear.apply(first, "second", width, parameters).plus(bias("second.bias", parameters)));
    return Linear.apply(second, "energy", 1, parameters).sum(-1);
  }

  private Tensor bias(String name, Parameters parameters) {
    return parameters.get(name, Shape.of(width), Initializer.uniform(1), Traits.WEIGHT.undecayed());
  }
}
