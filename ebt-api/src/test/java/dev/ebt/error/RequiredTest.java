package dev.ebt.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequiredTest {
  @Test
  void returnsTheValueOfAKey() {
    assertThat(Required.of(Map.of("loss", 1.5), "loss")).isEqualTo(1.5);
  }

  @Test
  void namesTheKeyThatIsMissingAndThoseThatAreThere() {
    assertThatThrownBy(() -> Required.of(Map.of("loss", 1.5), "los"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("no value of 'los'; known are [loss]");
  }
}
