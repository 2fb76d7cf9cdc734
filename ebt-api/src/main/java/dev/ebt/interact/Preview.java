package dev.ebt.interact;

import dev.ebt.monitor.ModelSample;
import java.util.List;

/** A preview of what a model in training produces, in one line at a time. */
public interface Preview extends AutoCloseable {
  /**
   * Returns a line such as {@code it writes "…"}, with the current parameters.
   *
   * @throws dev.ebt.error.UserException if there is nothing to show
   */
  String line();

  /**
   * Returns a sample for monitors, which may have pictures.
   *
   * @throws dev.ebt.error.UserException if there is nothing to show
   */
  default ModelSample sample() {
    return new ModelSample(line(), List.of());
  }

  @Override
  default void close() {}
}
