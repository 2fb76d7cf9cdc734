package dev.ebt.run;

import dev.ebt.monitor.Monitor;
import dev.ebt.store.CheckpointMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of monitors among the figures of a checkpoint: {@code monitor.NAME.KEY}. */
final class MonitorStates {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorStates.class);

  private MonitorStates() {}

  /** Returns the states of all monitors, to be stored. */
  static Map<String, Double> of(RunParts parts) {
    Map<String, Double> states = new LinkedHashMap<>();
    List<String> prefixes = prefixes(parts);
    for (int i = 0; i < prefixes.size(); i++) {
      String prefix = prefixes.get(i);
      state(parts.monitors().get(i))
          .forEach(
              (key, value) -> {
                if (Double.isFinite(value)) {
                  states.put(prefix + key, value);
                }
              });
    }
    return states;
  }

  /** Returns the state of a monitor; none if it fails, which is no reason to save nothing. */
  private static Map<String, Double> state(Monitor monitor) {
    try {
      return monitor.state();
    } catch (RuntimeException e) {
      LOG.warn("the state of monitor {} is not saved", monitor.getClass().getSimpleName(), e);
      return Map.of();
    }
  }

  /** Restores the states that a checkpoint has. */
  static void restore(RunParts parts, CheckpointMetadata stored) {
    List<String> prefixes = prefixes(parts);
    for (int i = 0; i < prefixes.size(); i++) {
      String prefix = prefixes.get(i);
      Monitor monitor = parts.monitors().get(i);
      Map<String, Double> state = new LinkedHashMap<>();
      stored
          .figures()
          .forEach(
              (name, value) -> {
                if (name.startsWith(prefix)) {
                  state.put(name.substring(prefix.length()), value);
                }
              });
      if (!state.isEmpty()) {
        monitor.restore(state);
      }
    }
  }

  /** Returns a prefix per monitor; the second one of a name has its number, and so on. */
  private static List<String> prefixes(RunParts parts) {
    List<String> names = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (String name : parts.monitorNames()) {
      names.add(name);
      int number = Collections.frequency(names, name);
      prefixes.add(CheckpointMetadata.MONITOR + name + (number == 1 ? "" : "#" + number) + ".");
    }
    return prefixes;
  }
}
