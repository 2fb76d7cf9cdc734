package dev.ebt.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.backend.ExecutionTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace in the JSON format that {@code chrome://tracing} and Perfetto read: a complete event for
 * each operation, in microseconds from the first one; a device is shown as a process.
 */
public final class ChromeTrace {
  private static final double NANOS_PER_MICRO = 1e3;

  private ChromeTrace() {}

  /**
   * Returns the content of a file.
   *
   * @throws JsonProcessingException never, as all values have a form in JSON
   */
  public static byte[] json(ExecutionTrace trace) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    ArrayNode events = document.putArray("traceEvents");
    List<String> devices = new ArrayList<>();
    long origin = trace.events().stream().mapToLong(ExecutionTrace.Event::start).min().orElse(0);
    for (ExecutionTrace.Event event : trace.events()) {
      if (!devices.contains(event.device())) {
        devices.add(event.device());
        ObjectNode process = events.addObject();
        process.put("name", "process_name").put("ph", "M").put("pid", devices.size());
        process.putObject("args").put("name", event.device());
      }
      ObjectNode complete = events.addObject();
      complete
          .put("name", event.kind())
          .put("cat", event.program())
          .put("ph", "X")
          .put("pid", 1 + devices.indexOf(event.device()))
          .put("tid", event.thread())
          .put("ts", (event.start() - origin) / NANOS_PER_MICRO)
          .put("dur", event.duration() / NANOS_PER_MICRO);
      ObjectNode details = complete.putObject("args").put("node", event.name());
      event.shape().ifPresent(shape -> details.put("shape", shape.toString()));
    }
    document.put("displayTimeUnit", "ms");
    return mapper.writeValueAsBytes(document);
  }
}
