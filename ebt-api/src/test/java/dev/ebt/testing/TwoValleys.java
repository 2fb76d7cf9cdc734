package dev.ebt.testing;

import dev.ebt.energy.EnergyModel;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * An energy for tests with two minima, one deeper: E = (y² − 1)² + c·y, where the context c tilts
 * it. For small c &gt; 0 the deeper one is near y = −1, for c &lt; 0 near y = 1; the initial
 * candidate decides which of them thinking reaches.
 */
public record TwoValleys() implements EnergyModel {
  @Override
  public int width() {
    return 1;
  }

  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    return NamedTensors.of(PointModality.CENTRE, context);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor valleys = candidate.square().minus(1).square();
    return valleys.plus(candidate.times(observed.get(PointModality.CENTRE))).sum(-1);
  }

  @Override
  public String description() {
    return "two valleys";
  }
}
