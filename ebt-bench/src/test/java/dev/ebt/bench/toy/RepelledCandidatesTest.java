package dev.ebt.bench.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.select.GaussianRepulsion;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.SelfVerification;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Candidates of one prediction in the energy of eight normal distributions on a circle. */
class RepelledCandidatesTest {
  private static final int ROWS = 32;
  private static final int CANDIDATES = 8;
  private static final int STEPS = 60;

  @Test
  void repelledCandidatesFindMoreModes() {
    ThinkingMethod alone = new ThinkingMethod(1, 0.005, false, null, null, null);

    Found independent = found(alone);
    Found repelled = found(alone.repelledBy(new GaussianRepulsion(0.4, 0.5, 20)));

    // Eight throws of a die with eight sides show 8 (1 - (7/8)^8) = 5.25 of them.
    assertThat(independent.modes()).isBetween(4.75, 5.75);
    assertThat(repelled.modes()).isGreaterThan(7.5);
    assertThat(repelled.farthest()).as("distance from a mode").isLessThan(0.2);
  }

  /**
   * What was found.
   *
   * @param modes the mean number of modes that the candidates of a row found
   * @param farthest the greatest distance of a candidate from its mode
   */
  private record Found(double modes, double farthest) {}

  private static Found found(ThinkingMethod thinking) {
    ToyDistribution mixture = Toy.MIXTURE.distribution();
    List<Set<Integer>> modes = new ArrayList<>();
    double farthest = 0;
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Parameters parameters = new Parameters();
      ThinkingStep.stepSize(thinking, parameters);
      parameters.undecayed(KnownEnergy.FACTOR, Shape.scalar(), Initializer.constant(1));
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(
              backend,
              new ToyModality(2, false, 0.5, 0.0, 0),
              new KnownEnergy(new KnownEnergy.Settings(Toy.MIXTURE, 1.0)),
              thinking,
              List.of(),
              ROWS)) {
        thinker.observe(Map.of());
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
          thinker.begin(SelfVerification.seed(1, candidate));
          thinker.reach(STEPS, 0);
          Array ends = thinker.candidate();
          for (int row = 0; row < ROWS; row++) {
            double[] end = {ends.real(2 * row), ends.real(2 * row + 1)};
            if (candidate == 0) {
              modes.add(new HashSet<>());
            }
            int mode = mixture.mode(end);
            modes.get(row).add(mode);
            double[] center = mixture.modes().get(mode);
            farthest = Math.max(farthest, Math.hypot(end[0] - center[0], end[1] - center[1]));
          }
        }
      }
    }
    return new Found(modes.stream().mapToInt(Set::size).average().orElseThrow(), farthest);
  }
}
