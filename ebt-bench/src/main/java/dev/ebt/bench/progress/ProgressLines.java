package dev.ebt.bench.progress;

import dev.ebt.plugin.ProgressListener;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A factory of progress lines on one stream. */
public final class ProgressLines {
  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private final LongSupplier nanos;

  /**
   * Creates a factory.
   *
   * @param out the stream
   * @param terminal true if it is a terminal
   * @param columns the width of the terminal
   * @param nanos the clock, in nanoseconds
   */
  ProgressLines(PrintStream out, boolean terminal, int columns, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
    this.nanos = nanos;
  }

  /** Returns a factory for standard error, with the terminal that the launcher found there. */
  public static ProgressLines on(PrintStream err) {
    int columns = Integer.getInteger("ebt.columns", 0);
    return new ProgressLines(
        err, onTerminal(), columns > 0 ? columns : Integer.MAX_VALUE, System::nanoTime);
  }

  /** Returns true if the launcher found standard error to be a terminal. */
  public static boolean onTerminal() {
    return Boolean.getBoolean("ebt.terminal");
  }

  /** Returns a line for work from {@code first} to {@code total}. */
  public ProgressLine line(long first, long total) {
    return new ProgressLine(out, terminal, columns, first, total, nanos);
  }

  /**
   * Returns a listener that shows work of more than a second on a line, which is cleared when the
   * work is done.
   */
  public ProgressListener listener() {
    return (what, total) -> {
      ProgressLine line = line(0, total);
      AtomicLong done = new AtomicLong();
      return new ProgressListener.Work(
          () -> line.showLater(done.incrementAndGet(), what), line::clear);
    };
  }
}
