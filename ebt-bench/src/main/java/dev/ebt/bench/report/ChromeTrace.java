package dev.ebt.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.backend.ExecutionTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace in the JSON format that {@code chrome://tracing} and Perfetto read: a complete event for
 * each operation, in microseconds from the first one; a device is shown as a process.
 *
 * <p>Viewers nest the events of one thread within each other, but operations run side by side. Each
 * one is therefore shown in the first lane of its device, in the place of a thread, that is free
 * when it starts.
 */
public final class ChromeTrace {
  private static final double NANOS_PER_MICRO = 1e3;

  private final ArrayNode events;
  private final Map<String, Device> devices = new LinkedHashMap<>();

  private ChromeTrace(ArrayNode events) {
    this.events = events;
  }

  /**
   * A device and its lanes.
   *
   * @param number of the device, from 1
   * @param ends when the last event of each lane ends, in nanoseconds
   */
  private record Device(int number, List<Long> ends) {
    /** Returns the number of the lane of the next event, from 1: the first one that is free. */
    int lane(ExecutionTrace.Event event) {
      int lane = 0;
      while (lane < ends.size() && ends.get(lane) > event.start()) {
        lane++;
      }
      if (lane == ends.size()) {
        ends.add(0L);
      }
      ends.set(lane, event.start() + event.duration());
      return lane + 1;
    }
  }

  /**
   * Returns the content of a file.
   *
   * @throws JsonProcessingException never, as all values have a form in JSON
   */
  public static byte[] json(ExecutionTrace trace) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    ChromeTrace file = new ChromeTrace(document.putArray("traceEvents"));
    long origin = trace.events().stream().mapToLong(ExecutionTrace.Event::start).min().orElse(0);
    trace.events().forEach(event -> file.add(event, origin));
    document.put("displayTimeUnit", "ms");
    return mapper.writeValueAsBytes(document);
  }

  /** Adds an event, after those that start before it. */
  private void add(ExecutionTrace.Event event, long origin) {
    Device device = devices.computeIfAbsent(event.device(), this::device);
    int lanes = device.ends().size();
    int lane = device.lane(event);
    if (lane > lanes) {
      name("thread_name", "lane " + lane, device.number()).put("tid", lane);
    }
    ObjectNode complete = events.addObject();
    complete
        .put("name", event.type())
        .put("cat", event.program())
        .put("ph", "X")
        .put("pid", device.number())
        .put("tid", lane)
        .put("ts", (event.start() - origin) / NANOS_PER_MICRO)
        .put("dur", event.duration() / NANOS_PER_MICRO);
    ObjectNode details = complete.putObject("args").put("node", event.name());
    event.shape().ifPresent(shape -> details.put("shape", shape.toString()));
  }

  private Device device(String name) {
    int number = devices.size() + 1;
    name("process_name", name, number);
    return new Device(number, new ArrayList<>());
  }

  /** Adds the name of a device or of one of its lanes. */
  private ObjectNode name(String what, String name, int device) {
    ObjectNode named = events.addObject();
    named.put("name", what).put("ph", "M").put("pid", device);
    named.putObject("args").put("name", name);
    return named;
  }
}
