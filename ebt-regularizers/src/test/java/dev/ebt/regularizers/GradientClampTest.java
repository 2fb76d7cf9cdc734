package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.RegularizedThinking;
import dev.ebt.testing.RegularizerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientClampTest extends RegularizerContract {
  private static final Array START = Array.of(Shape.of(1, 4), 0.2, -0.2, 5, -7);

  @Override
  protected List<GradientClamp> regularizers() {
    return List.of(new GradientClamp(null), new GradientClamp(0.1));
  }

  @Test
  void movesByTheChangeAtMost() {
    double[] moved = learning(new GradientClamp(0.3)).get("candidate.0").doubles();
    assertThat(moved).containsExactly(new double[] {0.1, -0.1, 4.7, -6.7}, within(1e-12));
  }

  @Test
  void derivativesPassInsideTheBoundOnly() {
    Map<String, Array> found = learning(new GradientClamp(0.3));
    // Loss y₁²: inside y₁ = y/2, outside y₁ = y ∓ 0.3.
    assertThat(found.get("derivative").doubles())
        .containsExactly(new double[] {0.1, -0.1, 9.4, -13.4}, within(1e-12));
    assertThat(found.get("derivative.alpha").item())
        .as("2y₁·(−y) of the two inside")
        .isCloseTo(-0.08, within(1e-12));
  }

  @Test
  void holdsForTheRandomStepSizeInUse() {
    double[] moves = moves(List.of(new RandomStepSize(4.0), new GradientClamp(0.5)));
    assertThat(Arrays.stream(moves)).allMatch(m -> m <= 0.5 + 1e-12);
    assertThat(Arrays.stream(moves)).anyMatch(m -> m > 0.5 - 1e-12).anyMatch(m -> m < 0.49);
  }

  @Test
  void holdsInEvaluation() {
    assertThat(thinking(new GradientClamp(0.3)).evaluating(START, 1).doubles())
        .containsExactly(new double[] {0.1, -0.1, 4.7, -6.7}, within(1e-12));
  }

  @Test
  void orderMatters() {
    Regularizer ten =
        new Regularizer() {
          @Override
          public Tensor gradient(Tensor gradient, Tensor stepSize, HookContext site) {
            return gradient.times(10);
          }
        };
    GradientClamp clamp = new GradientClamp(0.3);
    assertThat(Arrays.stream(moves(List.of(clamp, ten)))).anyMatch(m -> m > 0.3);
    assertThat(Arrays.stream(moves(List.of(ten, clamp)))).allMatch(m -> m <= 0.3 + 1e-12);
  }

  @Test
  void refusesBadSettings() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new GradientClamp(bad))
          .isInstanceOf(UserException.class)
          .hasMessage("maximumChange is " + bad + "; a finite number above 0 expected");
    }
  }

  private static RegularizedThinking thinking(Regularizer regularizer) {
    return new RegularizedThinking(Shape.scalar(), 4, 1, 0.5, List.of(regularizer));
  }

  private static Map<String, Array> learning(Regularizer regularizer) {
    return thinking(regularizer).learning(START, List.of(0), 1);
  }

  /** How far a step from 1 moves each of 100 predictions. */
  private static double[] moves(List<Regularizer> regularizers) {
    RegularizedThinking thinking = new RegularizedThinking(Shape.of(100), 1, 1, 0.5, regularizers);
    Array start = Array.filled(thinking.candidates(1), 1);
    double[] y = thinking.learning(start, List.of(0), 1).get("candidate.0").doubles();
    return Arrays.stream(y).map(d -> 1 - d).toArray();
  }
}
