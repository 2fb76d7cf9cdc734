package dev.ebt.model;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.energy.CarriedOverSetting;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.nn.Activation;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * A multilayer perceptron as an energy of plain vectors, with the embeddings c of the context and y
 * of the candidate:
 *
 * <pre>
 * h₁ = φ(W₁y + b₁ + c)      hᵢ = φ(Wᵢhᵢ₋₁ + bᵢ)      E(c, y) = s (w · h + b)
 * </pre>
 *
 * <p>The last bias is the logarithm of a normalizing constant where an objective learns one, as
 * noise-contrastive estimation does. The energy does not depend on the landscape.
 *
 * @param settings sizes
 */
public record MlpEnergy(Settings settings) implements EnergyModel {
  private static final String CONTEXT = "context";

  /** The activation functions that are smooth: descent needs second derivatives of the energy. */
  public enum Smooth {
    /** x · sigmoid(x). */
    @JsonProperty("silu")
    SILU(Activation.SILU),
    /** ½ x (1 + erf(x/√2)). */
    @JsonProperty("gelu")
    GELU(Activation.GELU);

    private final Activation function;

    Smooth(Activation function) {
      this.function = function;
    }
  }

  /**
   * The settings.
   *
   * @param layers number of hidden layers (3)
   * @param width neurons of each (64)
   * @param activation φ, silu or gelu (silu)
   * @param energyScale s, a positive factor of the energy (1)
   */
  public record Settings(
      @CarriedOverSetting Integer layers,
      @CarriedOverSetting Integer width,
      Smooth activation,
      Double energyScale) {

    /** Fills in defaults and rejects invalid values. */
    public Settings {
      layers = requireNonNullElse(layers, 3);
      width = requireNonNullElse(width, 64);
      activation = requireNonNullElse(activation, Smooth.SILU);
      energyScale = requireNonNullElse(energyScale, 1.0);
      if (layers < 1) {
        throw SettingException.of("layers", layers, "at least 1");
      }
      if (width < 1) {
        throw SettingException.of("width", width, "at least 1");
      }
      if (!(energyScale > 0) || energyScale.isInfinite()) {
        throw SettingException.of("energyScale", energyScale, "a positive number");
      }
    }
  }

  @Override
  public String description() {
    return "perceptron, " + settings.layers() + " hidden layers of " + settings.width();
  }

  @Override
  public int width() {
    return settings.width();
  }

  /** Returns the embedded context, which the first layer adds. */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of(CONTEXT, context);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor hidden = candidate;
    for (int layer = 0; layer < settings.layers(); layer++) {
      Tensor sum = linear(hidden, "layers." + layer, width(), parameters);
      hidden =
          settings.activation().function.apply(layer == 0 ? sum.plus(observed.get(CONTEXT)) : sum);
    }
    return linear(hidden, "energy", 1, parameters).sum(-1).times(settings.energyScale());
  }

  private static Tensor linear(Tensor x, String name, int out, Parameters parameters) {
    Tensor bias = parameters.undecayed(name + ".bias", Shape.of(out), Initializer.constant(0));
    return Linear.apply(x, name, out, parameters).plus(bias);
  }
}
