package dev.ebt.inference;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a call whose {@link Thinking#deadline} passed. */
public final class DeadlineExceededException extends InferenceException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable TypedThought<?> soFar;

  DeadlineExceededException(Duration deadline, @Nullable TypedThought<?> soFar) {
    super(
        "the deadline of "
            + deadline.toMillis()
            + " ms passed "
            + (soFar == null
                ? "before the first prediction"
                : "after " + soFar.predictions().size() + " predictions"));
    this.soFar = soFar;
  }

  /** Returns what was done before the deadline; empty if there was nothing yet. */
  public Optional<Thought> soFar() {
    return Optional.ofNullable(soFar);
  }
}
