package dev.ebt.bench.prompt;

import java.util.Optional;

/** A source of inputs, of which a person gives one after the other. */
public interface Prompts extends AutoCloseable {
  /** Asks for an input and returns it, of one or more lines; empty at the end of all inputs. */
  Optional<String> next();

  @Override
  default void close() {}
}
