package dev.ebt.testing;

import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;

class QuadraticEnergyTest extends EnergyModelContract {
  /** Three rows of two predictions. */
  private static final class Points implements Examples {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public Batch batch(int... rows) {
      Array numbers = TestArrays.mixed(8, rows.length, 2, 3);
      return new Batch(
          Map.of(PointModality.CENTRE, numbers),
          numbers,
          Array.filled(Shape.of(rows.length, 2), 1));
    }
  }

  @Override
  protected Modality modality() {
    return new PointModality(Shape.of(2), 3);
  }

  @Override
  protected EnergyModel model() {
    return new QuadraticEnergy(3, 0.8);
  }

  @Override
  protected Examples examples() {
    return new Points();
  }
}
