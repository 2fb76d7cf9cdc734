package dev.ebt.bench.cluster;

/**
 * The process that has started this one as one of several that share a training. When it ends, this
 * one ends too, as nobody else does so.
 */
public final class ParentProcess {
  /** The system property with the number of the process that has started this one. */
  private static final String PROPERTY = "ebt.parent";

  /** Halts, since shutting down would release native libraries that are in use. */
  private Runnable stop = () -> Runtime.getRuntime().halt(1);

  /** Returns the option of Java by which a process knows that this one has started it. */
  static String option() {
    return "-D" + PROPERTY + "=" + ProcessHandle.current().pid();
  }

  /**
   * Begins to watch: this process ends with its parent. Does nothing in a process that a user or a
   * launcher has started.
   */
  public void watch() {
    Long number = Long.getLong(PROPERTY);
    if (number != null) {
      Thread watching = new Thread(() -> await(number), "ebt-parent");
      watching.setDaemon(true);
      watching.start();
    }
  }

  /** Waits for the end of the parent, which may have come before this process could look for it. */
  private void await(long number) {
    ProcessHandle.of(number).ifPresent(parent -> parent.onExit().join());
    synchronized (this) {
      stop.run();
    }
  }

  /**
   * Sets what happens from now on when the parent ends, instead of ending at once.
   *
   * @param action asks the work of this process to stop, from another thread
   */
  public synchronized void whenEnded(Runnable action) {
    stop = action;
  }
}
