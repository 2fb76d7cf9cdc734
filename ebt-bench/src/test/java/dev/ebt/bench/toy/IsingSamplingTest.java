package dev.ebt.bench.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.Optimizer;
import dev.ebt.sample.GibbsSampling;
import dev.ebt.sample.HamiltonianMonteCarlo;
import dev.ebt.sample.LangevinDynamics;
import dev.ebt.sample.UnderdampedLangevin;
import dev.ebt.step.ThinkingHyperparameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Samples of the Ising model have its enumerated moments, within three standard errors. */
class IsingSamplingTest {
  private static final int ROWS = 1000;
  private static final double ERRORS = 3;

  @Test
  void gibbsSamplingHasTheMomentsOfTheSpins() {
    check(Toy.ISING, new GibbsSampling(32, null), 1, 6 * 33);
  }

  @Test
  void hamiltonianMonteCarloHasTheMomentsOfTheRelaxedSpins() {
    check(Toy.ISING_RELAXED, new HamiltonianMonteCarlo(5, null, null), 0.3, 80 * 6);
  }

  @Test
  void langevinHasTheMomentsOfTheRelaxedSpins() {
    check(Toy.ISING_RELAXED, new LangevinDynamics(null, null, null), 0.02, 800);
  }

  @Test
  void underdampedLangevinHasTheMomentsOfTheRelaxedSpins() {
    check(Toy.ISING_RELAXED, new UnderdampedLangevin(1.0, null, null, null), 0.25, 160);
  }

  private static void check(Toy toy, Optimizer sampler, double stepSize, int steps) {
    ToyDistribution.Truth truth = toy.distribution().truth();
    int dimension = toy.distribution().dimension();
    List<double[]> samples = samples(toy, sampler, stepSize, steps);
    for (int i = 0; i < dimension; i++) {
      int first = i;
      compare("mean " + i, samples, s -> s[first], truth.mean()[i]);
      for (int j = 0; j <= i; j++) {
        int second = j;
        if (i % 4 == j % 4 && i - j <= 4 && !(toy == Toy.ISING && i == j)) {
          compare(i + " times " + j, samples, s -> s[first] * s[second], truth.second()[i][j]);
        }
      }
    }
    compare("sum", samples, s -> sum(s), sum(truth.mean()));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Compares a mean with the truth; the rows are independent chains. */
  private static void compare(
      String what, List<double[]> samples, ToDoubleFunction<double[]> statistic, double truth) {
    double mean = samples.stream().mapToDouble(statistic).average().orElseThrow();
    double square =
        samples.stream()
            .mapToDouble(statistic)
            .map(x -> (x - mean) * (x - mean))
            .average()
            .orElseThrow();
    assertThat(mean).as(what).isCloseTo(truth, within(ERRORS * Math.sqrt(square / ROWS)));
  }

  private static List<double[]> samples(Toy toy, Optimizer sampler, double stepSize, int steps) {
    ThinkingMethod thinking =
        new ThinkingMethod(
            ThinkingHyperparameters.builder().landscapes(1).stepSize(stepSize).build(), sampler);
    ToyDistribution distribution = toy.distribution();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.undecayed(KnownEnergy.FACTOR, Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(
              backend,
              new ToyModality(distribution.dimension(), distribution.spins(), 1.5, 0.0, 0),
              new KnownEnergy(new KnownEnergy.Settings(toy, 1.0)),
              thinking,
              List.of(),
              ROWS)) {
        thinker.observe(Map.of());
        thinker.begin(2);
        thinker.reach(steps, 0);
        return Landscape.points(thinker.candidate(), distribution.dimension());
      }
    }
  }
}
