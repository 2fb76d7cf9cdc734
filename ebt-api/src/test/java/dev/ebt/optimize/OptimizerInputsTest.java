package dev.ebt.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerInputsTest {
  private final Tensor one = Tensor.constant(1);
  private final Optimizer.Inputs inputs =
      new Optimizer.Inputs(one, one, 0, null, Map.of("mean", one), one, one, false);

  @Test
  void slotIsFoundByName() {
    assertThat(inputs.slot("mean")).isSameAs(one);
  }

  @Test
  void slotThatTheOptimizerDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> inputs.slot("square"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no slot 'square' among [mean]; slots() must return it");
  }
}
