package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonOptionsTest {
  private static void assertRefused(List<Integer> steps, double tolerance, String message) {
    assertThatThrownBy(() -> new CommonOptions(steps, tolerance, null, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void stepsAreDistinctAndAscending() {
    assertThat(new CommonOptions(List.of(4, 1, 4), 0, null, 1).steps()).containsExactly(1, 4);
  }

  @Test
  void impossibleValuesAreRefused() {
    assertRefused(List.of(1, -1), 0, "--steps is -1; 0 or more expected");
    assertRefused(List.of(1_000_000), 0, "--steps is 1000000; at most 100000 expected");
    assertRefused(List.of(1), -0.1, "--tolerance is -0.1; 0 or more expected");
    assertRefused(List.of(1), Double.NaN, "--tolerance is NaN; 0 or more expected");
    assertThatThrownBy(() -> CommonOptions.of(1).withCount(0))
        .hasMessage("--count is 0; at least 1 expected");
  }
}
