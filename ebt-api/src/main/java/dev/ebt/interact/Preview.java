package dev.ebt.interact;

/** A preview of what a model in training produces, in one line at a time. */
public interface Preview extends AutoCloseable {
  /**
   * Returns a line such as {@code it writes "…"}, with the current parameters.
   *
   * @throws dev.ebt.error.UserException if there is nothing to show
   */
  String line();

  @Override
  default void close() {}
}
