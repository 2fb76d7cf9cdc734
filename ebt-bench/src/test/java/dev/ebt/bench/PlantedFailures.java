package dev.ebt.bench;

import dev.ebt.energy.Model;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.PartContext;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A plugin for tests whose trainings fail in a way that the configuration chooses. */
final class PlantedFailures implements EbtPlugin {
  private static final int WIDTH = 2;

  /** Points around 0 with E = ½k|y − c|². */
  record Bowl(double curvature) {}

  /** No settings. */
  record Plain() {}

  /**
   * Points whose context is a centre c and whose targets are normal numbers.
   *
   * @param centre c
   * @param event what happens from a batch on: nan (in this batch alone), steep (large targets) or
   *     drift (a large c)
   * @param at the number of that batch of training, from 1
   */
  record Points(double centre, @Nullable String event, @Nullable Integer at) {}

  /** A dataset that counts its batches of training. */
  private static final class PlantedData implements Dataset {
    private final Rows training;
    private final Rows validation;

    PlantedData(Points points) {
      this.training = new Rows(points, true);
      this.validation = new Rows(points, false);
    }

    @Override
    public String description() {
      return "planted points";
    }

    @Override
    public String fingerprint() {
      return "planted";
    }

    @Override
    public Examples training() {
      return training;
    }

    @Override
    public Examples validation() {
      return validation;
    }
  }

  private static final class Rows implements Examples {
    private final Points points;
    private final boolean training;
    private int batches;

    Rows(Points points, boolean training) {
      this.points = points;
      this.training = training;
    }

    @Override
    public int size() {
      return 8;
    }

    @Override
    public Batch batch(int... rows) {
      batches++;
      Integer given = points.at;
      int at = given == null ? Integer.MAX_VALUE : given;
      boolean from = training && batches >= at;
      Shape shape = Shape.of(rows.length, WIDTH);
      double[] targets = new double[rows.length * WIDTH];
      for (int i = 0; i < targets.length; i++) {
        double value = new Random(100L * rows[i / WIDTH] + i % WIDTH).nextGaussian();
        boolean broken = "nan".equals(points.event) && from && batches == at;
        double scale = "steep".equals(points.event) && from ? 1e4 : 1;
        targets[i] = broken ? Double.NaN : scale * value;
      }
      double centre = "drift".equals(points.event) && from ? 1e4 : points.centre;
      return new Batch(
          Map.of(PointModality.CENTRE, Array.filled(shape, centre)),
          Array.of(shape, targets),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  /**
   * A monitor that fails or asks to roll back.
   *
   * @param at the update at which it throws
   * @param always whether it asks to roll back after every update
   */
  record Bad(@Nullable Integer at, @Nullable Boolean always) {}

  private static final class BadMonitor implements Monitor {
    private final Bad bad;
    private @Nullable MonitoredTraining training;

    BadMonitor(Bad bad) {
      this.bad = bad;
    }

    @Override
    public void begin(MonitoredTraining begun) {
      training = begun;
    }

    @Override
    public void stepped(long step, StepMetrics metrics) {
      Integer at = bad.at;
      if (at != null && step == at) {
        throw new IllegalStateException("out of ideas");
      }
      Boolean always = bad.always;
      if (always != null && always && training != null && step == 4) {
        training.warn(
            new TrainingWarning("bad", "step " + step, "it", "them"), MonitorAction.ROLL_BACK);
      }
    }
  }

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            "points",
            "points near a centre",
            Plain.class,
            (settings, context) -> new PointModality(Shape.scalar(), WIDTH)));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(Factory.of("planted", "planted points", Points.class, PlantedFailures::data));
  }

  private static Dataset data(Points points, PartContext context) {
    return new PlantedData(points);
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            "bowl",
            "a quadratic energy",
            Bowl.class,
            (settings, context) -> new QuadraticEnergy(WIDTH, settings.curvature())));
  }

  @Override
  public List<Factory<? extends Monitor, ?>> monitors() {
    return List.of(
        Factory.of(
            "bad", "a bad monitor", Bad.class, (settings, context) -> new BadMonitor(settings)));
  }
}
