package dev.ebt.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionTraceTest {
  private static ExecutionTrace.Event event(String kind, long start, long duration) {
    return new ExecutionTrace.Event(
        "p", kind + "_1", kind, Optional.empty(), "cpu", 1, start, duration);
  }

  @Test
  void kindsAddUpAndBeginWithTheLongest() {
    ExecutionTrace trace =
        new ExecutionTrace(
            List.of(event("Add", 30, 4), event("MatMul", 0, 9), event("Add", 10, 3)));
    assertThat(trace.kinds())
        .containsExactly(
            new ExecutionTrace.Kind("MatMul", 1, 9), new ExecutionTrace.Kind("Add", 2, 7));
    assertThat(trace.duration()).isEqualTo(16);
    assertThat(trace.events())
        .extracting(ExecutionTrace.Event::start)
        .containsExactly(0L, 10L, 30L);
  }

  @Test
  void durationIsNeverNegative() {
    assertThatThrownBy(() -> event("Add", 0, -1)).hasMessage("duration of Add_1 is -1");
  }
}
