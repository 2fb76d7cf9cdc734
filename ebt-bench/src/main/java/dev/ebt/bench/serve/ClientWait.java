package dev.ebt.bench.serve;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The wait of a client for all that its request asks for. It ends at a deadline, or when the client
 * hangs up.
 *
 * @param time the time from its beginning
 * @param end the end on the clock of {@link System#nanoTime}
 * @param hungUp returns whether the client has closed its connection
 */
record ClientWait(Duration time, long end, BooleanSupplier hungUp) {
  /** The time between two looks at the connection. */
  private static final long LOOK_MILLIS = 250;

  /**
   * The status of a request whose client closed its connection, which only logs and metrics have.
   */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  /** Begins the wait of a request's client. */
  static ClientWait begin(Context context, Duration time) {
    BooleanSupplier hungUp =
        context.req().getAttribute(ClientConnection.ATTRIBUTE) instanceof ClientConnection client
            ? client::closed
            : () -> false;
    return new ClientWait(time, System.nanoTime() + time.toNanos(), hungUp);
  }

  private long millisecondsLeft() {
    return Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
  }

  /** Returns the milliseconds to wait until the next {@link #check}. */
  long millisecondsToCheck() {
    return Math.min(LOOK_MILLIS, millisecondsLeft());
  }

  /**
   * Accepts that there is time left, and a client.
   *
   * @throws ApiException if there is no time: 504; or nobody who gets the answer
   */
  void check() {
    if (millisecondsLeft() == 0) {
      throw ApiException.of(504, "timeout", "the deadline of " + time.toMillis() + " ms passed");
    }
    if (hungUp.getAsBoolean()) {
      throw ApiException.of(
          CLIENT_CLOSED_REQUEST, "client_closed", "the client has closed its connection");
    }
  }
}
