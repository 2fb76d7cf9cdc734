package dev.ebt.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionTraceTest {
  private static ExecutionTrace.Event event(String type, long start, long duration) {
    return new ExecutionTrace.Event(
        "p", type + "_1", type, Optional.empty(), "cpu", start, duration);
  }

  @Test
  void typesAddUpAndBeginWithTheLongest() {
    ExecutionTrace trace =
        new ExecutionTrace(
            List.of(event("Add", 30, 4), event("MatMul", 0, 9), event("Add", 10, 3)));
    assertThat(trace.types())
        .containsExactly(
            new ExecutionTrace.OperationType("MatMul", 1, 9),
            new ExecutionTrace.OperationType("Add", 2, 7));
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
