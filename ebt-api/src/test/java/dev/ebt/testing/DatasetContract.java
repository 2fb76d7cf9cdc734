package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of datasets: rows of the modality's features that are the same whenever they
 * are read. The test of a dataset extends this class and inherits all tests.
 */
public abstract class DatasetContract {
  /** Returns a new instance of the dataset, with at least two training and validation rows. */
  protected abstract Dataset dataset();

  /** Returns the modality that the dataset is for. */
  protected abstract Modality modality();

  @Test
  final void rowsHaveTheFeaturesOfTheModality() {
    for (Examples examples : new Examples[] {dataset().training(), dataset().validation()}) {
      assertThat(examples.size()).isGreaterThan(1);
      Batch batch = examples.batch(new int[] {0, 1});

      assertThat(batch.rows()).isEqualTo(2);
      assertThat(batch.context()).hasSize(modality().context().size());
      for (FeatureSpec feature : modality().context()) {
        assertFits(feature, batch.context().get(feature.name()));
      }
      assertFits(modality().target(), batch.target());
      assertThat(batch.weight().shape())
          .isEqualTo(Shape.of(2).plus(modality().predictions().toIntArray()));
      assertThat(Arrays.stream(batch.weight().doubles())).allMatch(weight -> weight >= 0);
    }
  }

  private static void assertFits(FeatureSpec feature, Array values) {
    assertThat(values).as(feature.name()).isNotNull();
    assertThat(values.shape()).as(feature.name()).isEqualTo(feature.shape(2));
    assertThat(values.type()).as(feature.name()).isEqualTo(feature.type());
  }

  @Test
  final void aRowIsTheSameInEveryBatchAndInstance() {
    int last = dataset().training().size() - 1;
    Batch both = dataset().training().batch(new int[] {last, 0});
    Batch alone = dataset().training().batch(new int[] {last});

    double[] target = alone.target().doubles();
    assertThat(Arrays.copyOf(both.target().doubles(), target.length)).isEqualTo(target);
    alone
        .context()
        .forEach(
            (name, value) -> {
              double[] row = value.doubles();
              assertThat(Arrays.copyOf(both.context().get(name).doubles(), row.length))
                  .as(name)
                  .isEqualTo(row);
            });
  }

  @Test
  final void equalDataHasEqualFingerprints() {
    assertThat(dataset().fingerprint()).isNotBlank().isEqualTo(dataset().fingerprint());
    assertThat(dataset().description()).isNotBlank().doesNotContain("\n");
  }
}
