package dev.ebt.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ctrl-C as a request: work that asks {@link #requested} comes to a good end by itself, however
 * long it takes, and nothing is torn down under it. A second Ctrl-C ends the process at once.
 */
final class Interrupt implements AutoCloseable {
  private final Runnable first;
  private final Consumer<String> second;
  private final List<Runnable> installed = new ArrayList<>();
  private volatile boolean requested;

  /**
   * A request that nobody has made yet.
   *
   * @param first tells the user what is being finished
   * @param second ends the process; gets the name of the signal
   */
  Interrupt(Runnable first, Consumer<String> second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Makes requests of Ctrl-C, TERM and HUP until closed.
   *
   * @param notice tells the user what is being finished, in another thread
   */
  static Interrupt install(Runnable notice) {
    Interrupt interrupt = new Interrupt(notice, Signals::end);
    Signals.ENDING.forEach(
        name -> interrupt.installed.add(Signals.handle(name, interrupt::received)));
    return interrupt;
  }

  /** Notes a signal. */
  synchronized void received(String signal) {
    if (requested) {
      second.accept(signal);
    } else {
      requested = true;
      first.run();
    }
  }

  /** Whether to come to an end. */
  boolean requested() {
    return requested;
  }

  /** Leaves signals to whom they were left before. */
  @Override
  public void close() {
    installed.forEach(Runnable::run);
    installed.clear();
  }
}
