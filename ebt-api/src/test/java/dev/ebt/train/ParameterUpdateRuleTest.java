package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.nn.ParameterSpec.Traits;
import dev.ebt.optimize.ConstantSchedule;
import dev.ebt.optimize.CosineSchedule;
import dev.ebt.optimize.GradientDescent;
import org.junit.jupiter.api.Test;

class ParameterUpdateRuleTest {
  @Test
  void groupsDecayInProportionToTheirOwnPeaks() {
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(new GradientDescent(), new CosineSchedule(10, 50, 0.1), 0.0012);
    for (long step = 1; step <= 60; step++) {
      double fast = rule.rate(step, Traits.WEIGHT.withRate(1500));
      assertThat(fast / rule.rate(step, Traits.WEIGHT)).isCloseTo(1500, within(1e-9));
      assertThat(rule.rate(step, Traits.FROZEN)).isZero();
    }
  }

  @Test
  void lateParametersWaitForTheEndOfTheWarmUp() {
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(new GradientDescent(), new ConstantSchedule(3, null), 0.5);
    Traits late = Traits.WEIGHT.afterWarmUp();
    assertThat(rule.rate(3, late)).isZero();
    assertThat(rule.rate(3, Traits.WEIGHT)).isEqualTo(0.5);
    assertThat(rule.rate(4, late)).isEqualTo(0.5);
  }
}
