package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DenoisingStepTest {
  private static final double[] CLEAN = {-0.9, 0.2, 0.7};
  private static final double[] NOISE = {1.3, -0.4, 0.1};
  private static final ReverseStep FAR = new ReverseStep(400, 150);

  /** Whoever tells the true noise is led along the very way that the noise came. */
  @Test
  void trueNoiseLeadsBackTheWayItCame() {
    DenoisingStep move = move(FAR, NOISE, -1);
    assertThat(run(move.clean())).containsExactly(CLEAN, within(1e-12));
    assertThat(run(move.implied(true))).containsExactly(noisy(FAR.next(), NOISE), within(1e-12));
  }

  @Test
  void clippedCandidatesStayFromMinusOneToOne() {
    DenoisingStep move = move(FAR, new double[] {3, -3, 0}, -1);
    assertThat(Arrays.stream(run(move.clean(false)))).anyMatch(v -> Math.abs(v) > 1);
    assertThat(Arrays.stream(run(move.clean(true)))).allMatch(v -> Math.abs(v) <= 1);
  }

  @Test
  void varianceLiesBetweenItsBoundsAndTheLastMoveHasNone() {
    for (double spread : new double[] {-1, 0.5, 1}) {
      DenoisingStep move = move(FAR, NOISE, spread);
      double expected =
          FAR.leastLogVariance()
              + (spread + 1) / 2 * (FAR.greatestLogVariance() - FAR.leastLogVariance());
      double[] mean = run(move.mean(move.clean()));
      double[] drawn = run(move.drawn(false, Tensor.filled(Shape.of(1, 3), 2)));
      for (int i = 0; i < 3; i++) {
        assertThat(drawn[i] - mean[i]).isCloseTo(2 * Math.exp(expected / 2), within(1e-12));
      }
    }
    DenoisingStep last = move(new ReverseStep(400, -1), NOISE, 1);
    assertThat(run(last.drawn(false, Tensor.filled(Shape.of(1, 3), 2))))
        .containsExactly(CLEAN, within(1e-12));
  }

  /** The bound is 0 for who tells the mean and variance of the move itself. */
  @Test
  void boundIsTheDivergenceFromTheMoveItself() {
    Tensor clean = Tensor.constant(Array.of(Shape.of(1, 3), CLEAN));
    assertThat(run(VariationalBound.bits(clean, move(FAR, NOISE, -1))))
        .containsExactly(new double[3], within(1e-9));
    double ratio = Math.exp(FAR.leastLogVariance() - FAR.greatestLogVariance());
    double bits = (ratio - 1 - Math.log(ratio)) / 2 / Math.log(2);
    assertThat(run(VariationalBound.bits(clean, move(FAR, NOISE, 1))))
        .containsExactly(new double[] {bits, bits, bits}, within(1e-9));
    assertThat(run(VariationalBound.bits(clean, move(FAR, new double[] {1.3, 0, 0.1}, 1)))[1])
        .isGreaterThan(bits);
  }

  /** At time 0 the bound is the surprise at one of 256 values: all their probabilities sum to 1. */
  @Test
  void probabilitiesOfAllValuesSumToOne() {
    ReverseStep last = new ReverseStep(0, -1);
    double[] values = new double[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * i - 255) / 255.0;
    }
    Shape shape = Shape.of(1, values.length);
    Tensor zeros = Tensor.zeros(shape);
    DenoisingStep told = new DenoisingStep(zeros, zeros, zeros, at(last));
    double[] bits = run(VariationalBound.bits(Tensor.constant(Array.of(shape, values)), told));
    double sum = 0;
    for (double b : bits) {
      sum += Math.pow(2, -b);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  private static DenoisingStep move(ReverseStep reverse, double[] told, double spread) {
    Shape shape = Shape.of(1, 3);
    return new DenoisingStep(
        Tensor.constant(Array.of(shape, noisy(reverse.time(), NOISE))),
        Tensor.constant(Array.of(shape, told)),
        Tensor.filled(shape, spread),
        at(reverse));
  }

  private static double[] noisy(int time, double[] noise) {
    double signal = NoiseSchedule.signal(time);
    double[] noisy = new double[3];
    for (int i = 0; i < 3; i++) {
      noisy[i] = Math.sqrt(signal) * CLEAN[i] + Math.sqrt(1 - signal) * noise[i];
    }
    return noisy;
  }

  private static Map<ReverseStepCoefficient, Tensor> at(ReverseStep reverse) {
    Map<ReverseStepCoefficient, Tensor> at = new EnumMap<>(ReverseStepCoefficient.class);
    ReverseStepCoefficient.values(List.of(reverse))
        .forEach(
            (name, value) ->
                at.put(
                    ReverseStepCoefficient.valueOf(name),
                    Tensor.constant(value.reshape(Shape.of(1, 1)))));
    return at;
  }

  private static double[] run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("result", tensor).build();
      return backend.compile(program).run(Map.of()).get("result").doubles();
    }
  }
}
