package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of modalities: initial candidates of the stated shape that depend on the key
 * alone, and one finite loss and metric per prediction, independent of other rows. The test of a
 * modality extends this class and inherits all tests; those of its embeddings are in {@link
 * EnergyModelContract}.
 */
public abstract class ModalityContract {
  private static final int ROWS = 3;
  private static final String INITIAL = "initial candidate";
  private static final String LOSS = "loss";

  /** Returns a new instance of the modality. */
  protected abstract Modality modality();

  /** Returns at least three rows of data. */
  protected abstract Examples examples();

  @Test
  final void candidatesBeginWithThePredictions() {
    int[] predictions = modality().predictions().toIntArray();

    assertThat(Arrays.copyOf(modality().candidate().toIntArray(), predictions.length))
        .isEqualTo(predictions);
    assertThat(run(ROWS, 1).get(INITIAL).shape())
        .isEqualTo(Shape.of(ROWS).plus(modality().candidate().toIntArray()));
  }

  @Test
  final void initialCandidatesAreAFunctionOfTheKey() {
    double[] first = run(ROWS, 1).get(INITIAL).doubles();

    assertThat(run(ROWS, 1).get(INITIAL).doubles()).isEqualTo(first);
    assertThat(Arrays.equals(run(ROWS, 2).get(INITIAL).doubles(), first))
        .isEqualTo(!modality().startsDiffer());
  }

  @Test
  final void oneFiniteLossAndMetricPerPrediction() {
    Shape predictions = Shape.of(ROWS).plus(modality().predictions().toIntArray());
    Map<String, Array> values = run(ROWS, 1);
    values.remove(INITIAL);

    assertThat(values).containsKey(LOSS);
    values.forEach(
        (name, value) -> {
          assertThat(value.shape()).as(name).isEqualTo(predictions);
          assertThat(Arrays.stream(value.doubles())).as(name).allMatch(Double::isFinite);
        });
  }

  @Test
  final void aRowAloneHasTheLossItHasAmongOthers() {
    Map<String, Array> together = run(ROWS, 1);
    Map<String, Array> alone = run(1, 1);
    alone.remove(INITIAL);

    alone.forEach(
        (name, value) -> {
          double[] row = value.doubles();
          assertThat(row)
              .as(name)
              .containsExactly(
                  Arrays.copyOf(together.get(name).doubles(), row.length), within(1e-9));
        });
  }

  @Test
  final void instancesOfTheSameSettingsAreInterchangeable() {
    assertThat(modality().fingerprint()).isEqualTo(modality().fingerprint());
    assertThat(modality().summary(Map.of(LOSS, 1.0)).values()).allMatch(Double::isFinite);
  }

  @Test
  final void targetCandidateIsAModelInput() {
    FeatureSpec candidate = new FeatureSpec("candidate", modality().candidate(), ElementType.REAL);
    Tensor modelInput = modality().toModelInput(candidate.input(ROWS));
    Tensor target = modality().targetCandidate(modality().target().input(ROWS));

    assertThat(target.shape()).isEqualTo(modelInput.shape());
    assertThat(target.type()).isEqualTo(modelInput.type());
  }

  @Test
  final void aRowIsDescribed() {
    Batch batch = examples().batch(new int[] {0});
    Map<String, Array> context = new LinkedHashMap<>();
    batch.context().forEach((name, value) -> context.put(name, withoutRows(value)));

    assertThat(modality().describe(context, withoutRows(batch.target()))).isNotBlank();
  }

  private static Array withoutRows(Array row) {
    int[] sizes = row.shape().toIntArray();
    Shape shape = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    return row.type() == ElementType.INTEGER
        ? Array.of(shape, row.longs())
        : Array.of(shape, row.doubles());
  }

  private Map<String, Array> run(int rows, long seed) {
    Modality modality = modality();
    Batch batch = examples().batch(new int[] {0, 1, 2});
    Map<String, Tensor> features = new LinkedHashMap<>();
    Map<String, Array> inputs = new HashMap<>();
    for (FeatureSpec feature : modality.context()) {
      features.put(feature.name(), feature.input(rows));
      Array values = batch.context().get(feature.name());
      inputs.put(feature.name(), MetricContract.first(values, rows));
    }
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    inputs.put("key", Array.of(Shape.of(2), seed, 0L));
    FeatureSpec candidate = new FeatureSpec("candidate", modality.candidate(), ElementType.REAL);
    Array values = TestArrays.mixed(1, candidate.shape(ROWS).toIntArray());
    inputs.put("candidate", MetricContract.first(values, rows));
    Tensor target = modality.target().input(rows);
    inputs.put(modality.target().name(), MetricContract.first(batch.target(), rows));
    Program.Builder builder =
        Program.named("modality")
            .output(
                INITIAL,
                modality.initialCandidate(NamedTensors.of(features), key, candidate.shape(rows)))
            .output(LOSS, modality.loss(candidate.input(rows), target));
    modality.metrics(candidate.input(rows), target).forEach(builder::output);
    Program program = builder.build();
    inputs.keySet().retainAll(program.inputs().keySet());
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      return new LinkedHashMap<>(executable.run(inputs));
    }
  }
}
