package dev.ebt.backend;

import dev.ebt.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The operations that a backend executed in a span of time, as {@link Backend#trace} returns them.
 *
 * @param events the operations, in the order of their start
 */
public record ExecutionTrace(List<Event> events) {

  /** Sorts the operations by their start. */
  public ExecutionTrace {
    events = events.stream().sorted(Comparator.comparingLong(Event::start)).toList();
  }

  /**
   * One execution of an operation.
   *
   * @param program the name of the program that it belongs to; empty if it belongs to none
   * @param name its name, which the backend chooses
   * @param type the type of the operation, as the backend names it: {@code MatMul}
   * @param shape of its result; empty if unknown
   * @param device the device that executed it
   * @param start in nanoseconds, from any moment that all operations of the trace have in common
   * @param duration in nanoseconds, by the clock. Operations side by side share the processors, so
   *     that durations can add up to more than the time that has passed
   */
  public record Event(
      String program,
      String name,
      String type,
      Optional<Shape> shape,
      String device,
      long start,
      long duration) {
    /** Rejects a negative duration. */
    public Event {
      if (duration < 0) {
        throw new IllegalArgumentException("duration of " + name + " is " + duration);
      }
    }
  }

  /**
   * The operations of one type.
   *
   * @param name of the type
   * @param count how many were executed
   * @param duration of all of them, in nanoseconds
   */
  public record OperationType(String name, int count, long duration) {}

  /** Returns the types of operations, those that took longest first. */
  public List<OperationType> types() {
    Map<String, List<Event>> byName =
        events.stream().collect(Collectors.groupingBy(Event::type, Collectors.toList()));
    return byName.entrySet().stream()
        .map(e -> new OperationType(e.getKey(), e.getValue().size(), duration(e.getValue())))
        .sorted(
            Comparator.comparingLong(OperationType::duration)
                .reversed()
                .thenComparing(OperationType::name))
        .toList();
  }

  /** Returns the durations of all operations together, in nanoseconds. */
  public long duration() {
    return duration(events);
  }

  private static long duration(List<Event> events) {
    return events.stream().mapToLong(Event::duration).sum();
  }
}
