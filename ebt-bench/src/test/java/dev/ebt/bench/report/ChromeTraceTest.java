package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChromeTraceTest {
  private static final ExecutionTrace TRACE =
      new ExecutionTrace(
          List.of(
              new ExecutionTrace.Event(
                  "learn", "Mul_7", "Mul", Optional.of(Shape.of(2, 3)), "cpu", 4, 5_002_500, 1_500),
              new ExecutionTrace.Event(
                  "learn", "MatMul_1", "MatMul", Optional.empty(), "gpu", 9, 5_000_000, 4_500)));

  @Test
  void eventsAreInMicrosecondsFromTheFirstOne() throws IOException {
    JsonNode events = new ObjectMapper().readTree(ChromeTrace.json(TRACE)).path("traceEvents");
    assertThat(events).hasSize(4); // A device is named before its first operation.
    JsonNode mul = events.get(3);
    assertThat(mul.path("name").asText()).isEqualTo("Mul");
    assertThat(mul.path("cat").asText()).isEqualTo("learn");
    assertThat(mul.path("ph").asText()).isEqualTo("X");
    assertThat(mul.path("ts").asDouble()).isEqualTo(2.5);
    assertThat(mul.path("dur").asDouble()).isEqualTo(1.5);
    assertThat(mul.path("tid").asInt()).isEqualTo(4);
    assertThat(mul.path("args").path("node").asText()).isEqualTo("Mul_7");
    assertThat(mul.path("args").path("shape").asText()).isEqualTo("[2, 3]");
    assertThat(events.get(1).path("ts").asDouble()).isZero();
    assertThat(events.get(1).path("args").has("shape")).isFalse();
  }

  @Test
  void devicesAreProcessesWithNames() throws IOException {
    JsonNode events = new ObjectMapper().readTree(ChromeTrace.json(TRACE)).path("traceEvents");
    assertThat(events.get(2).path("name").asText()).isEqualTo("process_name");
    assertThat(events.get(2).path("args").path("name").asText()).isEqualTo("cpu");
    assertThat(events.get(2).path("pid").asInt()).isEqualTo(events.get(3).path("pid").asInt());
    assertThat(events.get(0).path("pid").asInt()).isNotEqualTo(events.get(2).path("pid").asInt());
  }

  @Test
  void tableHasTheShareOfEachKind() {
    assertThat(TraceTable.rows(TRACE))
        .containsExactly(
            Map.of("kind", "MatMul", "milliseconds", 0.005, "share", 0.75, "count", 1),
            Map.of("kind", "Mul", "milliseconds", 0.002, "share", 0.25, "count", 1));
  }
}
