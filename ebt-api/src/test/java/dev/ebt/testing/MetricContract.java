package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Metric;
import dev.ebt.modality.MetricSet;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of metrics: one finite value per prediction, independent of other rows, under
 * names that the modality does not use. The test of a metric extends this class and inherits all
 * tests.
 */
public abstract class MetricContract {
  private static final int ROWS = 3;

  /** Returns the metric. */
  protected abstract Metric metric();

  /** Returns a modality that the metric is for. */
  protected abstract Modality modality();

  /** Returns at least three rows of data. */
  protected abstract Examples examples();

  @Test
  final void oneFiniteValuePerPrediction() {
    Map<String, Array> values = values(ROWS);

    Shape predictions = Shape.of(ROWS).plus(modality().predictions().toIntArray());
    values.forEach(
        (name, value) -> {
          assertThat(value.shape()).as(name).isEqualTo(predictions);
          assertThat(value.doubles()).as(name).doesNotContain(Double.NaN);
        });
  }

  @Test
  final void aRowAloneHasTheValueItHasAmongOthers() {
    Map<String, Array> together = values(ROWS);

    values(1)
        .forEach(
            (name, value) -> {
              double[] row = value.doubles();
              assertThat(row)
                  .as(name)
                  .containsExactly(
                      Arrays.copyOf(together.get(name).doubles(), row.length), within(1e-9));
            });
  }

  @Test
  final void namesAreFreeAndTheSummaryIsFinite() {
    MetricSet metrics = new MetricSet(modality(), List.of(metric()));
    metrics.check();
    Map<String, Double> means = new HashMap<>(Map.of("loss", 1.0));
    metrics.furtherNames().forEach(name -> means.put(name, 0.5));

    assertThat(metric().summary(means).values()).allMatch(Double::isFinite);
  }

  private Map<String, Array> values(int rows) {
    Batch batch = examples().batch(new int[] {0, 1, 2});
    FeatureSpec candidate = new FeatureSpec("candidate", modality().candidate(), ElementType.REAL);
    Tensor target = modality().target().input(rows);
    Program.Builder program = Program.named("metric");
    metric()
        .values(new Metric.Inputs(modality(), candidate.input(rows), target))
        .forEach(program::output);
    Program built = program.build();
    Map<String, Array> inputs = new HashMap<>();
    inputs.put("candidate", first(TestArrays.mixed(1, candidate.shape(ROWS).toIntArray()), rows));
    inputs.put(modality().target().name(), first(batch.target(), rows));
    inputs.keySet().retainAll(built.inputs().keySet());
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(built)) {
      return executable.run(inputs);
    }
  }

  /** Returns the first rows of an array. */
  static Array first(Array all, int rows) {
    Shape shape = all.shape().with(0, rows);
    int count = shape.elements();
    return all.type() == ElementType.INTEGER
        ? Array.of(shape, Arrays.copyOf(all.longs(), count))
        : Array.of(shape, Arrays.copyOf(all.doubles(), count));
  }
}
