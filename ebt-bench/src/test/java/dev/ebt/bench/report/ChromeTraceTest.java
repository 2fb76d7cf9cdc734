package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChromeTraceTest {
  private static final ExecutionTrace TRACE =
      new ExecutionTrace(
          List.of(
              new ExecutionTrace.Event(
                  "learn", "Mul_7", "Mul", Optional.of(Shape.of(2, 3)), "cpu", 5_002_500, 1_500),
              new ExecutionTrace.Event(
                  "learn", "MatMul_1", "MatMul", Optional.empty(), "gpu", 5_000_000, 4_500)));

  @Test
  void eventsAreInMicrosecondsFromTheFirstOne() throws IOException {
    JsonNode events = new ObjectMapper().readTree(ChromeTrace.json(TRACE)).path("traceEvents");
    assertThat(events).hasSize(6); // A device and its lane are named before their first operation.
    JsonNode mul = events.get(5);
    assertThat(mul.path("name").asText()).isEqualTo("Mul");
    assertThat(mul.path("cat").asText()).isEqualTo("learn");
    assertThat(mul.path("ph").asText()).isEqualTo("X");
    assertThat(mul.path("ts").asDouble()).isEqualTo(2.5);
    assertThat(mul.path("dur").asDouble()).isEqualTo(1.5);
    assertThat(mul.path("tid").asInt()).isEqualTo(1);
    assertThat(mul.path("args").path("node").asText()).isEqualTo("Mul_7");
    assertThat(mul.path("args").path("shape").asText()).isEqualTo("[2, 3]");
    assertThat(events.get(2).path("ts").asDouble()).isZero();
    assertThat(events.get(2).path("args").has("shape")).isFalse();
  }

  @Test
  void devicesAreProcessesWithNames() throws IOException {
    JsonNode events = new ObjectMapper().readTree(ChromeTrace.json(TRACE)).path("traceEvents");
    assertThat(events.get(3).path("name").asText()).isEqualTo("process_name");
    assertThat(events.get(3).path("args").path("name").asText()).isEqualTo("cpu");
    assertThat(events.get(3).path("pid").asInt()).isEqualTo(events.get(5).path("pid").asInt());
    assertThat(events.get(0).path("pid").asInt()).isNotEqualTo(events.get(3).path("pid").asInt());
  }

  private static ExecutionTrace.Event event(String device, long start, long duration) {
    return new ExecutionTrace.Event(
        "learn", "Mul_1", "Mul", Optional.empty(), device, start, duration);
  }

  @Test
  void eventsSideBySideAreInTheFirstLanesOfTheirDeviceThatAreFree() throws IOException {
    ExecutionTrace trace =
        new ExecutionTrace(
            List.of(
                event("cpu", 0, 10),
                event("cpu", 4, 9), // Ends after the one that it starts within.
                event("cpu", 5, 2), // Within both others.
                event("gpu", 6, 9),
                event("cpu", 10, 5),
                event("cpu", 12, 1),
                event("cpu", 13, 1)));
    JsonNode events = new ObjectMapper().readTree(ChromeTrace.json(trace)).path("traceEvents");
    List<String> lanes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (JsonNode event : events) {
      String place = event.path("pid").asText() + "." + event.path("tid").asText();
      if (event.path("ph").asText().equals("X")) {
        lanes.add(place);
      } else if (event.path("name").asText().equals("thread_name")) {
        names.add(place + " " + event.path("args").path("name").asText());
      }
    }
    assertThat(lanes).containsExactly("1.1", "1.2", "1.3", "2.1", "1.1", "1.3", "1.2");
    assertThat(names).containsExactly("1.1 lane 1", "1.2 lane 2", "1.3 lane 3", "2.1 lane 1");
  }

  @Test
  void tableHasTheShareOfEachType() {
    assertThat(TraceTable.rows(TRACE))
        .containsExactly(
            Map.of("type", "MatMul", "milliseconds", 0.005, "share", 0.75, "count", 1),
            Map.of("type", "Mul", "milliseconds", 0.002, "share", 0.25, "count", 1));
  }
}
