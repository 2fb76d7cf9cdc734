package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With the best of all denoisers of normal numbers of the deviation σ. */
class DenoisingErrorsTest {
  private static final int COUNT = 4000;
  private static final int LAST = 999;
  private static final double DEVIATION = 0.3;

  /** Returns the error of each row, whose numbers are all the same. */
  private static double[] errors(double... numbers) {
    Shape shape = Shape.of(numbers.length, COUNT);
    double[] all =
        IntStream.range(0, numbers.length * COUNT).mapToDouble(i -> numbers[i / COUNT]).toArray();
    Array weight = Array.filled(Shape.of(numbers.length), 1);
    try (ReferenceBackend backend = new ReferenceBackend();
        DenoisingErrors errors =
            new DenoisingErrors(
                backend, new Numbers(COUNT, LAST), new Numbers.Best(DEVIATION), numbers.length)) {
      return errors
          .of(new Batch(Numbers.context(new long[numbers.length]), Array.of(shape, all), weight))
          .get(DenoisingErrors.DENOISING_ERROR)
          .doubles();
    }
  }

  /**
   * With k = √ᾱ, n = √(1 − ᾱ) and v = k² σ² + n², the noise is predicted as n (k x + n ε) / v, so
   * that the squared error is (n k x / v)² + (1 − n² / v)² on average.
   */
  @Test
  void errorIsTheMeanOverTimesFromTheFirstToTheLast() {
    double expected = 0;
    for (int time = 50; time < 1000; time += 100) {
      double kept = NoiseSchedule.signal(time);
      double added = 1 - kept;
      double variance = kept * DEVIATION * DEVIATION + added;
      expected += added * kept * 0.04 / variance / variance / 10;
      expected += Math.pow(1 - added / variance, 2) / 10;
    }
    assertThat(errors(0.2)[0]).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void errorIsHigherTheFartherTheNumbersAreFromThoseOfTraining() {
    double[] errors = errors(0, 1, 3);
    assertThat(errors[0]).isLessThan(errors[1]);
    assertThat(errors[1]).isLessThan(errors[2]);
  }
}
