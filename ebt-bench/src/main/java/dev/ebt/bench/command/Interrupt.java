package dev.ebt.bench.command;

import java.util.ArrayList;
import java.util.List;

/**
 * A request to stop by Ctrl-C: work that checks {@link #requested} finishes by itself, however long
 * it takes, and no resources are released while it runs. A second Ctrl-C is handled by the
 * operating system, which ends the process at once.
 */
public final class Interrupt implements AutoCloseable {
  private final Runnable notice;
  private final Runnable leave;
  private final List<Runnable> restore = new ArrayList<>();
  private volatile boolean requested;

  /**
   * Creates an interrupt that is not requested yet.
   *
   * @param notice tells the user what is being finished
   * @param leave restores the default handling of further signals
   */
  public Interrupt(Runnable notice, Runnable leave) {
    this.notice = notice;
    this.leave = leave;
  }

  /**
   * Handles Ctrl-C, TERM and HUP until closed.
   *
   * @param notice tells the user what is being finished, in another thread
   */
  public static Interrupt install(Runnable notice) {
    return install(Signals.ENDING, notice);
  }

  /** Handles Ctrl-C until closed. */
  public static Interrupt installForKeyboard() {
    return install(List.of(Signals.KEYBOARD), () -> {});
  }

  private static Interrupt install(List<String> signals, Runnable notice) {
    Interrupt interrupt = new Interrupt(notice, Signals::endAtOnce);
    signals.forEach(name -> interrupt.restore.add(Signals.handle(name, interrupt::received)));
    return interrupt;
  }

  /** Records a signal. */
  public synchronized void received() {
    if (!requested) {
      requested = true;
      leave.run();
      notice.run();
    }
  }

  /** Returns true if the user asked to stop. */
  public boolean requested() {
    return requested;
  }

  /** Restores the previous handling of signals. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
    restore.clear();
  }
}
