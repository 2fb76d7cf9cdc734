package dev.ebt.train;

import static dev.ebt.train.PublishedCompatibility.CORRECTED;
import static dev.ebt.train.PublishedCompatibility.PUBLISHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.ParameterSpec.Traits;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What the register of the published code's defects says, line by line. */
class PublishedCompatibilityTest {
  private static ParameterSpec spec(String name, Traits traits) {
    return new ParameterSpec(name, Shape.of(2), Initializer.constant(1), traits);
  }

  /** Line 13. */
  @Test
  void decaysAllButTheStepSizeAsPublished() {
    ParameterSpec gain = spec("transformer.norm.weight", Traits.WEIGHT.undecayed());
    ParameterSpec weight = spec("output.weight", Traits.WEIGHT);
    ParameterSpec alpha = spec("alpha", Traits.WEIGHT.undecayed());
    assertThat(CORRECTED.decays(gain)).isFalse();
    assertThat(PUBLISHED.decays(gain)).isTrue();
    assertThat(CORRECTED.decays(weight)).isTrue();
    assertThat(PUBLISHED.decays(weight)).isTrue();
    assertThat(CORRECTED.decays(alpha)).isFalse();
    assertThat(PUBLISHED.decays(alpha)).isFalse();
  }

  /** Line 11. */
  @Test
  void leavesTheScalesOfDynamicTanhAloneAsPublished() {
    ParameterSpec scale = spec("transformer.norm.alpha", Traits.WEIGHT);
    assertThat(CORRECTED.learns(scale)).isTrue();
    assertThat(PUBLISHED.learns(scale)).isFalse();
    assertThat(PUBLISHED.learns(spec("alpha", Traits.WEIGHT))).isTrue();
    assertThat(PUBLISHED.learns(spec("alpha", Traits.FROZEN))).isFalse();
    assertThat(PUBLISHED.learns(spec("output.weight", Traits.WEIGHT))).isTrue();
  }

  /** Line 14: a period of 2 (S − W). */
  @Test
  void theCosineRisesAgainAsPublished() {
    ParameterUpdateRule corrected =
        ParameterUpdateRule.of(new GradientDescent(), new CosineSchedule(10, 50, 0.1), 1);
    ParameterUpdateRule published = corrected.asPublished();
    assertThat(published.rate(50, Traits.WEIGHT)).isCloseTo(0.1, within(1e-12));
    assertThat(published.rate(60, Traits.WEIGHT))
        .isCloseTo(published.rate(40, Traits.WEIGHT), within(1e-12));
    assertThat(published.rate(90, Traits.WEIGHT)).isCloseTo(1, within(1e-12));
    assertThat(corrected.rate(60, Traits.WEIGHT)).isCloseTo(0.1, within(1e-12));
  }
}
