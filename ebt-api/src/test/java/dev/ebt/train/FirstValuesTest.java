package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What parameters begin with: a function of the seed and their own name, and of nothing else. */
class FirstValuesTest {
  private static final int SIZE = 1000;

  private static ParameterSpec spec(String name) {
    return new ParameterSpec(
        name, Shape.of(SIZE), Initializer.normal(1), ParameterSpec.Traits.WEIGHT);
  }

  private static double[] values(long seed, String name, ParameterSpec... specs) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(backend, List.of(specs), seed);
      return backend.read(spec(name).variable()).doubles();
    }
  }

  @Test
  void sameSeedAgreesWhateverElseThereIs() {
    assertThat(values(33, "b", spec("a"), spec("b")))
        .containsExactly(values(33, "b", spec("b"), spec("c")));
  }

  @Test
  void otherSeedsAndNamesShareNothingNotEvenShifted() {
    double[] values = values(33, "b", spec("b"));
    for (double[] other :
        List.of(
            values(34, "b", spec("b")),
            values(35, "b", spec("b")),
            values(32, "b", spec("b")),
            values(33, "c", spec("c")))) {
      for (int shift = -3; shift <= 3; shift++) {
        assertThat(correlation(values, other, shift))
            .as("shifted by %d", shift)
            .isBetween(-0.15, 0.15);
      }
    }
  }

  /** Of unit normal numbers; about 0 ± 0.03 by chance. */
  private static double correlation(double[] a, double[] b, int shift) {
    double sum = 0;
    for (int i = 3; i < SIZE - 3; i++) {
      sum += a[i] * b[i + shift];
    }
    return sum / (SIZE - 6);
  }
}
