package example.curve;

import dev.ebt.backend.Executable;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.interact.Probe;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.nn.Parameters;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The probe of whether an energy tells points of the curve from others, which are the same points
 * moved by 1: a threshold on the energy is fitted to training points. The baseline is a threshold
 * on |y|.
 */
public final class CurveProbe implements Probe {
  private static final String ENERGY = "energy";
  private static final double NANOS = 1e9;

  @Override
  public String name() {
    return "curve-points";
  }

  @Override
  public String summary() {
    return "a threshold on the energy between points of the curve and others";
  }

  @Override
  public String subject() {
    return "curves";
  }

  @Override
  public boolean supports(RunParts model) {
    return model.modality() instanceof CurveModality && model.model() instanceof EnergyModel;
  }

  @Override
  public Results probe(RunParts model, int rows) {
    Examples fitted = model.dataset().training();
    Examples judged = model.dataset().validation();
    int fit = Math.min(rows / 2, fitted.size());
    int judge = Math.min(rows / 2, judged.size());
    long begun = System.nanoTime();
    double[][] fitEnergies = energies(model, fitted, fit);
    double[][] energies = energies(model, judged, judge);
    double seconds = (System.nanoTime() - begun) / NANOS;
    double energy = share(energies, threshold(fitEnergies));
    double size = share(sizes(judged, judge), threshold(sizes(fitted, fit)));
    return new Results(
        2,
        2 * fit,
        2 * judge,
        new Accuracy(1, 1, seconds, energy),
        List.of(new Baseline("accuracyOfSize", "|y|", new Accuracy(1, 0, 0, size))));
  }

  /** Returns the midpoint of the means of both classes. */
  private static double threshold(double[][] classes) {
    return Arrays.stream(classes)
        .mapToDouble(each -> Arrays.stream(each).average().orElseThrow())
        .average()
        .orElseThrow();
  }

  /** Returns the share of both classes on the right side: points of the curve are below. */
  private static double share(double[][] classes, double threshold) {
    long right =
        Arrays.stream(classes[0]).filter(value -> value < threshold).count()
            + Arrays.stream(classes[1]).filter(value -> value >= threshold).count();
    return (double) right / (classes[0].length + classes[1].length);
  }

  /** Returns |y| of the points, and of the moved ones. */
  private static double[][] sizes(Examples examples, int rows) {
    double[] y = batch(examples, rows).target().doubles();
    return new double[][] {
      Arrays.stream(y).map(Math::abs).toArray(),
      Arrays.stream(y).map(each -> Math.abs(each + 1)).toArray()
    };
  }

  /** Returns the energies of the points, and of the moved ones. */
  private static double[][] energies(RunParts model, Examples examples, int rows) {
    EnergyFunction energy =
        new EnergyFunction(
            model.modality(),
            (EnergyModel) model.model(),
            new Parameters(),
            model.thinking().terms());
    Map<String, Tensor> features = new HashMap<>();
    model.modality().context().forEach(each -> features.put(each.name(), each.input(rows)));
    Tensor landscape = Tensor.constant(Array.scalar(0L));
    NamedTensors observed = energy.observe(NamedTensors.of(features), landscape);
    Tensor candidate = Tensor.input(CurveModality.Y, Shape.of(rows, 1), ElementType.REAL);
    Program program =
        Program.named("probe")
            .output(ENERGY, energy.energy(observed, candidate, landscape))
            .build();
    Batch batch = batch(examples, rows);
    double[] moved = Arrays.stream(batch.target().doubles()).map(y -> y + 1).toArray();
    try (Executable executable = model.backend().compile(program)) {
      return new double[][] {
        run(executable, batch, batch.target()),
        run(executable, batch, Array.of(Shape.of(rows, 1), moved))
      };
    }
  }

  private static double[] run(Executable executable, Batch batch, Array candidate) {
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put(CurveModality.Y, candidate);
    return executable.run(inputs).get(ENERGY).doubles();
  }

  private static Batch batch(Examples examples, int rows) {
    return examples.batch(IntStream.range(0, rows).toArray());
  }
}
