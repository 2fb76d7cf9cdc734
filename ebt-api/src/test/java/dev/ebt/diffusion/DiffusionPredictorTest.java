package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.diffusion.SamplerSettings.Sampler;
import dev.ebt.error.UserException;
import dev.ebt.modality.HeldElements;
import dev.ebt.predict.Interruption;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CheckedBackend;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.TransferLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the best of all denoisers of normal numbers, whose samples can be told beforehand. */
class DiffusionPredictorTest {
  private static final double DEVIATION = 0.3;
  private static final int COUNT = 1000;
  private static final int LAST = 999;

  private final TransferLog backend = new TransferLog(new CheckedBackend(new ReferenceBackend()));

  @AfterEach
  void close() {
    backend.close();
  }

  private DiffusionPredictor predictor(Sampler sampler, int restarts, int rows, int latest) {
    return new DiffusionPredictor(
        backend,
        new Numbers(COUNT, latest),
        new Numbers.Best(DEVIATION),
        new SamplerSettings(sampler, restarts, false),
        rows);
  }

  @Test
  void contextsThatGiveElementsAreRefused() {
    Numbers holding = spy(new Numbers(COUNT, LAST));
    Tensor zeros = Tensor.zeros(Shape.of(1, COUNT));
    doReturn(Optional.of(new HeldElements(zeros.greaterOrEqual(Tensor.constant(1)), zeros)))
        .when(holding)
        .held(any());

    assertThatThrownBy(() -> DenoisingFunction.parameters(holding, new Numbers.Best(DEVIATION)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the contexts of this modality give some of them");
  }

  private static double deviation(Array values) {
    return Math.sqrt(Arrays.stream(values.doubles()).map(v -> v * v).average().orElseThrow());
  }

  /** The deviation of 1000 numbers is off by 2 % typically. */
  @ParameterizedTest
  @EnumSource
  void samplesAreAsWhatWasLearnt(Sampler sampler) {
    try (DiffusionPredictor predictor = predictor(sampler, 0, 1, LAST)) {
      predictor.observe(Numbers.context(LAST));
      predictor.begin(1);
      assertThat(deviation(predictor.candidate())).isCloseTo(1, within(0.08));
      predictor.reach(200, 0);
      assertThat(deviation(predictor.candidate())).isCloseTo(DEVIATION, within(0.08 * DEVIATION));
    }
  }

  @ParameterizedTest
  @EnumSource
  void samplesAreAFunctionOfTheSeed(Sampler sampler) {
    try (DiffusionPredictor predictor = predictor(sampler, 0, 1, LAST)) {
      predictor.observe(Numbers.context(LAST));
      List<Array> samples = new ArrayList<>();
      for (long seed : new long[] {1, 2, 1}) {
        predictor.begin(seed);
        predictor.reach(3, 0);
        samples.add(predictor.candidate());
      }
      assertThat(samples.get(1)).isNotEqualTo(samples.get(0));
      assertThat(samples.get(2)).isEqualTo(samples.get(0));
    }
  }

  /** Rows of one batch begin at different times and have seeds of their own. */
  @ParameterizedTest
  @EnumSource
  void eachRowHasTheSampleOfItsSeedAlone(Sampler sampler) {
    long[] times = {LAST, 500, 499};
    long[] seeds = {5, 6, 5};
    try (DiffusionPredictor all = predictor(sampler, 0, 3, LAST);
        DiffusionPredictor one = predictor(sampler, 0, 1, LAST)) {
      all.observe(Numbers.context(times));
      all.beginEach(Array.of(Shape.of(3), seeds));
      all.reach(3, 0);
      for (int row = 0; row < 3; row++) {
        one.observe(Numbers.context(times[row]));
        one.begin(seeds[row]);
        one.reach(3, 0);
        assertThat(all.candidate().row(row)).isEqualTo(one.candidate().row(0));
      }
      all.begin(5);
      all.reach(3, 0);
      assertThat(all.candidate().row(2)).as("one seed").isNotEqualTo(one.candidate().row(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void samplingIsInterruptedBetweenEvaluations(Sampler sampler) {
    IllegalStateException enough = new IllegalStateException("enough");
    AtomicInteger left = new AtomicInteger(5);
    Runnable check =
        () -> {
          if (left.getAndDecrement() == 0) {
            throw enough;
          }
        };
    try (DiffusionPredictor predictor = predictor(sampler, 0, 1, LAST)) {
      predictor.observe(Numbers.context(LAST));
      predictor.begin(1);
      assertThatThrownBy(() -> Interruption.during(check, () -> predictor.reach(COUNT, 0)))
          .isSameAs(enough);
      predictor.reach(3, 0);
      Array after = predictor.candidate();

      predictor.begin(1);
      predictor.reach(3, 0);
      assertThat(after).isEqualTo(predictor.candidate());
    }
  }

  @Test
  void oneEvaluationLeadsToTheMeanOfWhatMayBeThere() {
    try (DiffusionPredictor predictor = predictor(Sampler.DDIM, 0, 1, 99)) {
      predictor.observe(Numbers.context(99));
      predictor.begin(1);
      Array noisy = predictor.candidate();
      predictor.reach(1, 0);
      double kept = Math.sqrt(NoiseSchedule.signal(99)) * DEVIATION * DEVIATION;
      double share = kept / (NoiseSchedule.signal(99) * (DEVIATION * DEVIATION - 1) + 1);
      assertThat(predictor.candidate().real(5)).isCloseTo(share * noisy.real(5), within(1e-9));
    }
  }

  @Test
  void stepsAreEvaluationsNeitherMoreNorFewer() {
    try (DiffusionPredictor predictor = predictor(Sampler.DDIM, 1, 1, 9)) {
      predictor.observe(Numbers.context(9));
      predictor.begin(1);
      for (int steps : new int[] {0, 2, 6, 20}) {
        backend.clear();
        predictor.reach(steps, 0);
        assertThat(backend.runs().stream().filter(run -> run.program().equals("denoise")).count())
            .isEqualTo(steps)
            .isEqualTo(predictor.evaluations(steps));
      }
    }
  }

  /** Going the whole way again begins at the result as if it were noisy. */
  @Test
  void recursionGoesTheSameWayFromTheResult() {
    double factor;
    try (DiffusionPredictor once = predictor(Sampler.DDIM, 0, 1, 99)) {
      once.observe(Numbers.context(99));
      once.begin(1);
      double noisy = once.candidate().real(0);
      once.reach(5, 0);
      factor = once.candidate().real(0) / noisy;
    }
    try (DiffusionPredictor thrice = predictor(Sampler.DDIM, 2, 1, 99)) {
      thrice.observe(Numbers.context(99));
      thrice.begin(1);
      double noisy = thrice.candidate().real(0);
      thrice.reach(15, 0);
      assertThat(thrice.candidate().real(0) / noisy).isCloseTo(Math.pow(factor, 3), within(1e-9));
    }
  }

  @Test
  void rowsBeginAtTheirOwnTimeAndStopWhenTheyArrive() {
    double[] alone = new double[2];
    long[] times = {3, 99};
    for (int i = 0; i < 2; i++) {
      try (DiffusionPredictor predictor = predictor(Sampler.DDIM, 0, 1, 99)) {
        predictor.observe(Numbers.context(times[i]));
        predictor.begin(1);
        double noisy = predictor.candidate().real(0);
        predictor.reach(i == 0 ? 4 : 10, 0);
        alone[i] = predictor.candidate().real(0) / noisy;
      }
    }
    try (DiffusionPredictor both = predictor(Sampler.DDIM, 0, 2, 99)) {
      both.observe(Numbers.context(times));
      both.begin(1);
      Array noisy = both.candidate();
      both.reach(10, 0);
      for (int i = 0; i < 2; i++) {
        assertThat(both.candidate().real(i * COUNT) / noisy.real(i * COUNT))
            .isCloseTo(alone[i], within(1e-9));
      }
    }
  }

  @Test
  void impossibleNumbersOfStepsAreRefused() {
    try (DiffusionPredictor predictor = predictor(Sampler.DDIM, 2, 1, 99)) {
      assertThatThrownBy(() -> predictor.check(303))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "303 steps of diffusion: the noise here is of 100 steps, gone through 3 times, so 0"
                  + " to 300 expected");
      assertThatThrownBy(() -> predictor.check(-3)).hasMessageContaining("-3 steps of diffusion");
      assertThatThrownBy(() -> predictor.reach(10, 0))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("the 3 passes of objective.restarts 2; for instance 12");
    }
    assertThatThrownBy(() -> new SamplerSettings(null, -1, null))
        .hasMessage("objective.restarts is -1; 0 or more expected");
  }

  @Test
  void modalityWithoutNoiseIsRefused() {
    assertThatThrownBy(
            () ->
                new DiffusionPredictor(
                    backend,
                    new PointModality(Shape.of(2), 1),
                    new Numbers.Best(1),
                    new SamplerSettings(null, null, null),
                    1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model 'best denoiser' denoises real values");
  }
}
