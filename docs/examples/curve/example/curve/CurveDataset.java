package example.curve;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Noisy points of y = ±√x, x uniform in [1, 4), either branch as often as the other. */
public final class CurveDataset implements Dataset {
  private final CurveData settings;
  private final Points points;

  /** All points, one after the other: first those for training, then those for validation. */
  private record Points(float[] x, float[] y) {
    static Points draw(int count, double noise, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Points points = new Points(new float[count], new float[count]);
      for (int i = 0; i < count; i++) {
        double x = 1 + 3 * random.nextDouble();
        int branch = random.nextBoolean() ? 1 : -1;
        points.x[i] = (float) x;
        points.y[i] = (float) (branch * Math.sqrt(x) + noise * random.nextGaussian());
      }
      return points;
    }
  }

  /** A range of the points. */
  private record Part(Points points, int from, int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      Shape shape = Shape.of(rows.length, 1);
      float[] x = new float[rows.length];
      float[] y = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        x[i] = points.x[from + rows[i]];
        y[i] = points.y[from + rows[i]];
      }
      return new Batch(
          Map.of(CurveModality.X, Array.of(shape, x)),
          Array.of(shape, y),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  /** Draws the points. */
  public CurveDataset(CurveData settings) {
    this.settings = settings;
    this.points =
        Points.draw(
            settings.points() + settings.validationPoints(), settings.noise(), settings.seed());
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "points of y = ±√x with noise %s: %,d for training, %,d for validation",
        settings.noise(),
        settings.points(),
        settings.validationPoints());
  }

  /** The points are a function of the settings. */
  @Override
  public String fingerprint() {
    return "curve 1 " + settings;
  }

  @Override
  public Examples training() {
    return new Part(points, 0, settings.points());
  }

  @Override
  public Examples validation() {
    return new Part(points, settings.points(), settings.validationPoints());
  }
}
