package dev.ebt.run;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.Model;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.monitor.Monitor;
import dev.ebt.objective.Objective;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plugin of points near a centre, with further models and families of a test's own. */
final class PointPlugin implements EbtPlugin {
  /** A configuration of its parts. */
  static final String CONFIGURATION =
      """
      backend: reference
      modality: points
      data: points
      model: quadratic
      training: {steps: 2, batch: 2, validateEvery: 1, checkpointEvery: 1}
      """;

  private final List<Factory<? extends Model, ?>> models = new ArrayList<>();
  private final List<Factory<? extends Metric, ?>> metrics = new ArrayList<>();
  private final List<ModelFamily> families = new ArrayList<>();
  private final List<Factory<? extends Monitor, ?>> monitors = new ArrayList<>();

  PointPlugin() {
    models.add(
        Factory.of(
            "quadratic", "a quadratic energy", None.class, (s, c) -> new QuadraticEnergy(2, 1)));
  }

  PointPlugin with(String name, Model model) {
    models.add(Factory.of(name, "a model of a test", None.class, (s, c) -> model));
    return this;
  }

  PointPlugin with(ModelFamily family) {
    families.add(family);
    return this;
  }

  PointPlugin with(String name, Metric metric) {
    metrics.add(Factory.of(name, "a metric of a test", None.class, (s, c) -> metric));
    return this;
  }

  /** No settings. */
  record None() {}

  /** An objective that takes no thinking step: the energy of the target. */
  record EnergyOfTarget() implements Objective {
    @Override
    public ObjectiveOutput output(ObjectiveInputs inputs) {
      EnergyFunction energy =
          new EnergyFunction(inputs.modality(), (EnergyModel) inputs.model(), inputs.parameters());
      Tensor landscape = Tensor.constant(Array.scalar(0L));
      return new ObjectiveOutput(
          energy.energy(energy.observe(inputs.context(), landscape), inputs.target(), landscape),
          Map.of(),
          List.of());
    }

    @Override
    public List<Integer> stepPlan(ThinkingMethod thinking) {
      return List.of();
    }
  }

  /** Points at (row, row) with targets one further. */
  record Points(int size) implements Examples {
    @Override
    public Batch batch(int... rows) {
      float[] centre = new float[2 * rows.length];
      float[] target = new float[2 * rows.length];
      for (int i = 0; i < centre.length; i++) {
        centre[i] = rows[i / 2];
        target[i] = rows[i / 2] + 1;
      }
      Shape shape = Shape.of(rows.length, 2);
      return new Batch(
          Map.of(PointModality.CENTRE, Array.of(shape, centre)),
          Array.of(shape, target),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  static final class Data implements Dataset {
    @Override
    public String description() {
      return "points";
    }

    @Override
    public String fingerprint() {
      return "points";
    }

    @Override
    public Examples training() {
      return new Points(4);
    }

    @Override
    public Examples validation() {
      return new Points(2);
    }
  }

  @Override
  public String name() {
    return "points";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of("points", "points", None.class, (s, c) -> new PointModality(Shape.scalar(), 2)));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(Factory.of("points", "points", None.class, (s, c) -> new Data()));
  }

  @Override
  public List<Factory<? extends Objective, ?>> objectives() {
    return List.of(
        Factory.of("energy-of-target", "no thinking", None.class, (s, c) -> new EnergyOfTarget()));
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return models;
  }

  @Override
  public List<Factory<? extends Metric, ?>> metrics() {
    return metrics;
  }

  PointPlugin with(String name, Monitor monitor) {
    monitors.add(Factory.of(name, "a monitor of a test", None.class, (s, c) -> monitor));
    return this;
  }

  @Override
  public List<Factory<? extends Monitor, ?>> monitors() {
    return monitors;
  }

  @Override
  public List<ModelFamily> families() {
    return families;
  }
}
