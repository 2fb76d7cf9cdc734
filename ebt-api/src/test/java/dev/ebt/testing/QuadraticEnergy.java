package dev.ebt.testing;

import dev.ebt.energy.EnergyModel;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * An energy for tests with closed-form thinking: E = ½k|y − c|², so that a step of size α
 * multiplies y − c by 1 − αk. k is the parameter {@code curvature}.
 *
 * @param curvature k
 */
public record QuadraticEnergy(int width, double curvature) implements EnergyModel {
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of(PointModality.CENTRE, context);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor k = parameters.weight("curvature", Shape.scalar(), Initializer.constant(curvature));
    Tensor distance = candidate.minus(observed.get(PointModality.CENTRE));
    return distance.square().sum(-1).times(k).times(0.5);
  }

  @Override
  public String description() {
    return "quadratic, curvature " + curvature;
  }
}
