package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.IncrementalEnergyModel;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of energy models with their modality: one energy per prediction, independent
 * of other predictions and rows; a gradient that varies with the candidate, so that thinking can
 * converge; and steps that train the parameters. Checked in double precision, away from the initial
 * parameters, since some models have a flat energy initially on purpose. The test of a model
 * extends this class and inherits all tests.
 */
public abstract class EnergyModelContract {
  private static final int ROWS = 3;
  private static final String ENERGY = "energy";
  private static final String GRADIENT = "gradient";
  private static final String LOSS = "loss";
  private static final String LEARNT = "learnt.";

  /** Returns the modality. */
  protected abstract Modality modality();

  /** Returns the model, which may be small. */
  protected abstract EnergyModel model();

  /** Returns at least three rows of data. */
  protected abstract Examples examples();

  @Test
  final void oneEnergyAndOneLossPerPrediction() {
    Map<String, Array> found = run(rows(ROWS), candidates(ROWS));

    Shape predictions = Shape.of(ROWS).plus(modality().predictions().toIntArray());
    assertThat(found.get(ENERGY).shape()).isEqualTo(predictions);
    assertThat(found.get(LOSS).shape()).isEqualTo(predictions);
  }

  @Test
  final void aRowAloneGivesWhatItGivesAmongOthers() {
    Map<String, Array> together = run(rows(ROWS), candidates(ROWS));
    Map<String, Array> alone = run(rows(1), candidates(1));

    for (String name : List.of(ENERGY, GRADIENT, LOSS)) {
      double[] row = alone.get(name).doubles();
      assertThat(row)
          .as(name)
          .containsExactly(Arrays.copyOf(together.get(name).doubles(), row.length), within(1e-9));
    }
  }

  @Test
  final void predictionsDoNotMix() {
    Map<String, Array> before = run(rows(ROWS), candidates(ROWS));
    Map<String, Array> after = run(rows(ROWS), movedInTheFirst(candidates(ROWS)));

    for (String name : List.of(ENERGY, GRADIENT)) {
      assertThat(others(after.get(name)))
          .as("%s of the predictions left alone", name)
          .containsExactly(others(before.get(name)), within(1e-12));
    }
    assertThat(after.get(ENERGY).real(0)).isNotEqualTo(before.get(ENERGY).real(0));
  }

  /** For models with a key/value cache, and modalities that embed a context by elements. */
  @Test
  final void elementsAppendedInPiecesGiveTheEnergiesOfTheWhole() {
    if (model() instanceof IncrementalEnergyModel model && modality().embedsElementwise()) {
      Map<String, Array> whole = run(rows(ROWS), candidates(ROWS));
      Map<String, Array> pieces =
          run(
              rows(ROWS),
              candidates(ROWS),
              (function, context, landscape) -> inPieces(model, function, context, landscape));

      for (String name : List.of(ENERGY, GRADIENT)) {
        assertThat(pieces.get(name).doubles())
            .as(name)
            .containsExactly(whole.get(name).doubles(), within(1e-9));
      }
    }
  }

  private NamedTensors inPieces(
      IncrementalEnergyModel model,
      EnergyFunction function,
      NamedTensors context,
      Tensor landscape) {
    Parameters parameters = function.parameters();
    int length = modality().predictions().size(0);
    int first = (length + 1) / 2;
    NamedTensors observed = model.emptyObservation(ROWS, length, landscape, parameters);
    for (int start = 0; start < length; start += first) {
      int from = start;
      int count = Math.min(first, length - start);
      NamedTensors piece = context.map((name, feature) -> feature.slice(1, from, count));
      long[] starts = new long[ROWS];
      Arrays.fill(starts, start);
      observed =
          model.append(
              observed,
              modality().embedContext(piece, model.width(), parameters),
              Tensor.constant(Array.of(Shape.of(ROWS), starts)),
              landscape,
              parameters);
    }
    return observed;
  }

  /** A way to observe a context in a landscape. */
  private interface Observing {
    NamedTensors observe(EnergyFunction function, NamedTensors context, Tensor landscape);
  }

  /** If ∂E/∂y is the same for all y, steps never converge. */
  @Test
  final void theEnergyBendsInTheCandidate() {
    double[] before = run(rows(ROWS), candidates(ROWS)).get(GRADIENT).doubles();
    double[] after = run(rows(ROWS), movedInTheFirst(candidates(ROWS))).get(GRADIENT).doubles();

    double change = 0;
    for (int i = 0; i < before.length; i++) {
      change = Math.max(change, Math.abs(after[i] - before[i]));
    }
    assertThat(change).isGreaterThan(1e-9);
  }

  /** The backend checks that all derivatives are finite. */
  @Test
  final void stepsTeachTheParameters() {
    Map<String, Array> found = run(rows(ROWS), candidates(ROWS));

    assertThat(found.keySet()).anyMatch(name -> name.startsWith(LEARNT));
    assertThat(found.entrySet().stream().filter(e -> e.getKey().startsWith(LEARNT)))
        .anySatisfy(
            e ->
                assertThat(Arrays.stream(e.getValue().doubles()))
                    .anyMatch(derivative -> Math.abs(derivative) > 1e-9));
  }

  private Batch rows(int count) {
    return examples().batch(Arrays.copyOf(new int[] {0, 1, 2}, count));
  }

  private Array candidates(int rows) {
    Shape one = modality().candidate();
    double[] all =
        TestArrays.mixed(3, Shape.of(ROWS).plus(one.toIntArray()).toIntArray()).doubles();
    return Array.of(
        Shape.of(rows).plus(one.toIntArray()), Arrays.copyOf(all, rows * one.elements()));
  }

  private static Array movedInTheFirst(Array candidates) {
    double[] values = candidates.doubles().clone();
    values[0] += 0.75;
    return Array.of(candidates.shape(), values);
  }

  /** Returns the numbers of all predictions but the first, of an array [rows, predictions, ...]. */
  private double[] others(Array array) {
    int predictions = ROWS * modality().predictions().elements();
    double[] values = array.doubles();
    return Arrays.copyOfRange(values, values.length / predictions, values.length);
  }

  /**
   * Computes the energy, its gradient for the candidate, the loss, and the derivatives of the
   * squared gradient for each parameter.
   */
  private Map<String, Array> run(Batch batch, Array candidates) {
    return run(batch, candidates, EnergyFunction::observe);
  }

  private Map<String, Array> run(Batch batch, Array candidates, Observing observing) {
    int rows = batch.rows();
    Modality modality = modality();
    Parameters parameters = new Parameters();
    EnergyFunction function = new EnergyFunction(modality, model(), parameters);
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(f -> features.put(f.name(), f.input(rows)));
    Tensor candidate = Tensor.input("candidate", candidates.shape(), ElementType.REAL);
    Tensor landscape = Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
    NamedTensors observed = observing.observe(function, NamedTensors.of(features), landscape);
    Tensor energy = function.energy(observed, modality.toModelInput(candidate), landscape);
    Tensor gradient = Gradients.of(energy, candidate);
    FeatureSpec target = modality.target();
    Program.Builder program =
        Program.named("contract")
            .output(ENERGY, energy)
            .output(GRADIENT, gradient)
            .output(LOSS, modality.loss(candidate, target.input(rows)));
    parameters
        .tensors()
        .forEach((n, p) -> program.output(LEARNT + n, Gradients.of(gradient.square(), p)));
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put("candidate", candidates);
    inputs.put("landscape", Array.scalar(0L));
    inputs.put(target.name(), batch.target());
    try (Backend backend = new CheckedBackend(new ReferenceBackend());
        Executable executable = backend.compile(program.build())) {
      parameters.specs().forEach(spec -> backend.assign(spec.variable(), anywhere(spec)));
      return executable.run(inputs);
    }
  }

  /** Returns initial values with added noise. */
  private static Array anywhere(ParameterSpec spec) {
    SplittableRandom random = new SplittableRandom(spec.name().hashCode());
    float[] values = spec.initializer().values(spec.shape(), random);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    return Array.of(spec.shape(), values);
  }
}
