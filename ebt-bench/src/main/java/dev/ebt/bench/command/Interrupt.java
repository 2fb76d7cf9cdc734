package dev.ebt.bench.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Ctrl-C as a request: work that asks {@link #requested} comes to a good end by itself, however
 * long it takes, and nothing is torn down under it. A second Ctrl-C is left to the operating
 * system, which ends the process at once.
 */
final class Interrupt implements AutoCloseable {
  private final Runnable notice;
  private final Runnable leave;
  private final List<Runnable> restore = new ArrayList<>();
  private volatile boolean requested;

  /**
   * A request that nobody has made yet.
   *
   * @param notice tells the user what is being finished
   * @param leave leaves further signals to the operating system
   */
  Interrupt(Runnable notice, Runnable leave) {
    this.notice = notice;
    this.leave = leave;
  }

  /**
   * Makes requests of Ctrl-C, TERM and HUP until closed.
   *
   * @param notice tells the user what is being finished, in another thread
   */
  static Interrupt install(Runnable notice) {
    Interrupt interrupt = new Interrupt(notice, Signals::endAtOnce);
    Signals.ENDING.forEach(
        name -> interrupt.restore.add(Signals.handle(name, interrupt::received)));
    return interrupt;
  }

  /** Notes a signal. */
  synchronized void received() {
    if (!requested) {
      requested = true;
      leave.run();
      notice.run();
    }
  }

  /** Whether to come to an end. */
  boolean requested() {
    return requested;
  }

  /** Leaves signals to whom they were left before. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
    restore.clear();
  }
}
