package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.Random;

/** Runs a program on TensorFlow and on the reference backend, and compares. */
final class Agreement {
  private Agreement() {}

  /** The same numbers on both, to the rounding of float32. */
  static void check(Backend backend, Tensor tensor, Map<String, Array> inputs) {
    Program program = Program.named("check").output("y", tensor).build();
    try (Backend reference = new ReferenceBackend()) {
      Array expected = reference.compile(program).run(inputs).get("y");
      Array found = backend.compile(program).run(inputs).get("y");
      assertClose(found, expected, 2e-6);
    }
  }

  static void assertClose(Array found, Array expected, double tolerance) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.type()).isEqualTo(expected.type());
    if (found.type() == ElementType.INTEGER) {
      assertThat(found.longs()).containsExactly(expected.longs());
      return;
    }
    double[] numbers = found.doubles();
    double[] exact = expected.doubles();
    double scale = 1;
    for (double value : exact) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < numbers.length; i++) { // An assertion for each would take seconds.
      if (Double.compare(numbers[i], exact[i]) != 0
          && !(Math.abs(numbers[i] - exact[i]) <= tolerance * scale)) {
        assertThat(numbers[i]).as("element %s", i).isCloseTo(exact[i], within(tolerance * scale));
      }
    }
  }

  /** Numbers between low and high, the same for the same seed. */
  static Array random(long seed, double low, double high, int... sizes) {
    Random random = new Random(seed);
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return Array.of(shape, values);
  }
}
