package dev.ebt.bench.toy;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.modality.KnownDensity;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Independent points of a known distribution. */
final class ToyDataset implements Dataset {
  private final ToyData settings;
  private final ToyDistribution distribution;
  private final double[][] points;
  private final int classes;

  /** A range of the points. */
  private record Part(double[][] points, int dimension, ToyDistribution distribution, int classes)
      implements Examples {
    @Override
    public int size() {
      return points.length;
    }

    @Override
    public Batch batch(int... rows) {
      double[] flat = new double[rows.length * dimension];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(points[rows[i]], 0, flat, i * dimension, dimension);
      }
      long[] modes = new long[rows.length];
      if (classes > 0) {
        Arrays.setAll(modes, i -> distribution.mode(points[rows[i]]));
      }
      return new Batch(
          classes == 0
              ? Map.of()
              : Map.of(ToyModality.CLASS, Array.of(Shape.of(modes.length), modes)),
          Array.of(Shape.of(rows.length, dimension), flat),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  /**
   * Draws the points.
   *
   * @throws SettingException if the modality is for other vectors
   */
  ToyDataset(ToyData settings, Modality modality) {
    this.settings = settings;
    this.distribution = settings.distribution().distribution();
    check(settings.distribution(), modality);
    this.classes = ((ToyModality) modality).classes();
    this.points =
        distribution.draw(
            settings.points() + settings.validationPoints(), new SplittableRandom(settings.seed()));
  }

  /**
   * Checks that a modality is for the points of a distribution.
   *
   * @throws SettingException with the settings that are
   */
  static void check(Toy name, Modality modality) {
    ToyDistribution distribution = name.distribution();
    if (!(modality instanceof ToyModality toy)
        || toy.dimension() != distribution.dimension()
        || toy.spins() != distribution.spins()) {
      throw new SettingException(
          "distribution",
          String.format(
              Locale.ROOT,
              "is %s, whose points need modality={name: %s, dimension: %d, spins: %s}",
              name.word(),
              ToyModality.NAME,
              distribution.dimension(),
              distribution.spins()));
    }
    int modes = distribution.modes().size();
    if (toy.classes() != 0 && toy.classes() != modes) {
      throw new SettingException(
          "modality.classes",
          String.format(
              Locale.ROOT,
              "is %d, but the distribution %s has %s; %s expected",
              toy.classes(),
              name.word(),
              modes == 0 ? "no modes" : modes + " modes",
              modes == 0 ? "0" : "0 or " + modes));
    }
  }

  /** Returns the distribution that the points are from. */
  ToyDistribution distribution() {
    return distribution;
  }

  /** Returns the settings. */
  ToyData settings() {
    return settings;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "points of the distribution %s: %,d for training, %,d for validation",
        settings.distribution().word(),
        settings.points(),
        settings.validationPoints());
  }

  /** The points are a function of the settings. */
  @Override
  public String fingerprint() {
    return "toy 1 " + settings;
  }

  @Override
  public Examples training() {
    return part(Arrays.copyOf(points, settings.points()));
  }

  @Override
  public Examples validation() {
    return part(Arrays.copyOfRange(points, settings.points(), points.length));
  }

  private Part part(double[][] of) {
    return new Part(of, distribution.dimension(), distribution, classes);
  }

  /** Returns the context of so many rows: the classes of validation points, if there are any. */
  Map<String, Array> context(int rows) {
    int size = settings.validationPoints();
    return validation().batch(IntStream.range(0, rows).map(i -> i % size).toArray()).context();
  }

  @Override
  public Optional<KnownDensity> knownDensity() {
    ToyDistribution.Truth truth = distribution.truth();
    double[] deviation = new double[distribution.dimension()];
    Arrays.setAll(
        deviation, k -> Math.sqrt(truth.second()[k][k] - truth.mean()[k] * truth.mean()[k]));
    return Optional.of(new KnownDensity(truth.logPartition(), truth.mean(), deviation));
  }

  @Override
  public Optional<DistributionMetric> distributionMetric() {
    return Optional.of(new SampleQuality(this));
  }
}
