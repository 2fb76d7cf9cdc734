package dev.ebt.bench.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.run.RunStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Watched runs as JSON: an object in a line for each event. */
public final class WatchJson implements WatchListener {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintStream out;

  /** Creates a printer. */
  public WatchJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void waiting(Path run) {
    print(run, "waiting", Map.of());
  }

  @Override
  public void metrics(Path run, long steps, Map<String, Object> line) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("steps", steps);
    values.put("metrics", line);
    print(run, "metrics", values);
  }

  @Override
  public void problem(Path run, String what) {
    print(run, "problem", Map.of("message", what));
  }

  @Override
  public void ended(Path run, long step, RunStatus status) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("end", status.phase().name().toLowerCase(Locale.ROOT));
    values.put("step", step);
    values.put("saved", status.saved());
    values.put("steps", status.steps());
    values.put("reason", status.reason());
    print(run, "end", values);
  }

  private void print(Path run, String event, Map<String, Object> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run", run.toString());
    object.put("event", event);
    object.putAll(values);
    try {
      out.println(MAPPER.writeValueAsString(object));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that is no JSON", e);
    }
  }
}
