package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.select.Repulsion;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of repulsions: a displacement leads away from the earlier candidate, depends
 * on the elements of its prediction only, and is 0 where both candidates are the same. The test of
 * a repulsion extends this class and inherits all tests.
 */
public abstract class RepulsionContract {
  private static final Shape SHAPE = Shape.of(2, 3, 2);
  private static final double[] EARLIER = {0, 0, 1, -1, 0.5, 2, -0.3, 0.1, 0, 0, 4, 4};

  /** Returns the repulsion. */
  protected abstract Repulsion repulsion();

  @Test
  final void aCandidateIsDisplacedAwayFromTheEarlierOne() {
    double[] candidate = shifted(0.2, -0.4);
    double[] displacement = displacement(candidate);
    assertThat(displacement).hasSize(EARLIER.length);
    for (int i = 0; i < EARLIER.length; i += 2) {
      double along =
          displacement[i] * (candidate[i] - EARLIER[i])
              + displacement[i + 1] * (candidate[i + 1] - EARLIER[i + 1]);
      assertThat(along).as("prediction %d", i / 2).isPositive();
    }
  }

  @Test
  final void equalCandidatesStay() {
    assertThat(displacement(EARLIER)).containsOnly(0);
  }

  @Test
  final void predictionsDoNotMix() {
    double[] candidate = shifted(0.2, -0.4);
    double[] before = displacement(candidate);
    candidate[4] += 0.5;
    double[] after = displacement(candidate);
    for (int i = 0; i < before.length; i++) {
      if (i != 4 && i != 5) {
        assertThat(after[i]).as("element %d", i).isEqualTo(before[i]);
      }
    }
    assertThat(after[4]).isNotEqualTo(before[4]);
  }

  @Test
  final void farAwayCandidatesAreDisplacedByFiniteNumbers() {
    for (double element : displacement(shifted(1e6, -1e6))) {
      assertThat(element).isFinite();
    }
  }

  private static double[] shifted(double even, double odd) {
    double[] shifted = EARLIER.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += i % 2 == 0 ? even : odd;
    }
    return shifted;
  }

  /** Returns the displacement of six points of the plane from those of the contract. */
  private double[] displacement(double... candidate) {
    Tensor current = Tensor.input("candidate", SHAPE, ElementType.REAL);
    Tensor earlier = Tensor.input("earlier", SHAPE, ElementType.REAL);
    Program program =
        Program.named("displace")
            .output("displacement", repulsion().displacement(current, earlier, 2))
            .build();
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      return executable
          .run(Map.of("candidate", Array.of(SHAPE, candidate), "earlier", Array.of(SHAPE, EARLIER)))
          .get("displacement")
          .doubles();
    }
  }
}
