package dev.ebt.bench.progress;

import dev.ebt.plugin.Watch;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One line that is written over and over on a terminal: a bar, a rate, the time left, and the
 * figures worth watching. Where the output is no terminal it writes nothing, so that logs stay
 * readable.
 */
public final class ProgressLine {
  private static final int BAR = 24;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final long total;
  private final long first;
  private final long started = System.nanoTime();
  private long drawn;
  private int width;

  /**
   * A line for work from {@code first} to {@code total}.
   *
   * @param terminal whether {@code out} is one
   */
  public ProgressLine(PrintStream out, boolean terminal, long first, long total) {
    this.out = out;
    this.terminal = terminal;
    this.first = first;
    this.total = total;
  }

  /** Whether standard error is a terminal, as the launcher found it. */
  public static boolean onTerminal() {
    return Boolean.getBoolean("ebt.terminal");
  }

  /** Shows work that takes longer than a second, as a line of its own that goes when it is done. */
  public static Watch watch(PrintStream out, boolean terminal) {
    return (what, total) -> {
      ProgressLine line = new ProgressLine(out, terminal, 0, total);
      AtomicLong done = new AtomicLong();
      return new Watch.Work(() -> line.showLater(done.incrementAndGet(), what), line::clear);
    };
  }

  private synchronized void showLater(long done, String figures) {
    if (System.nanoTime() - started > PATIENCE_NANOS) {
      show(done, figures);
    }
  }

  /** Shows how much is done; at most ten times a second. */
  public void show(long done, String figures) {
    long now = System.nanoTime();
    if (!terminal || (now - drawn < REDRAW_NANOS && done < total)) {
      return;
    }
    drawn = now;
    double seconds = (now - started) / 1e9;
    double rate = (done - first) / Math.max(seconds, 1e-3);
    int filled = (int) (BAR * done / Math.max(1, total));
    write(
        String.format(
            Locale.ROOT,
            "%s%s %d/%d  %.1f/s  %s left  %s",
            "━".repeat(filled),
            "─".repeat(BAR - filled),
            done,
            total,
            rate,
            rate > 0 ? time((total - done) / rate) : "?",
            figures));
  }

  /** Prints a line that stays, above the one that moves. */
  public void print(String line) {
    clear();
    out.println(line);
  }

  /** Takes the moving line away. */
  public void clear() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  private void write(String text) {
    String padding = " ".repeat(Math.max(0, width - text.length()));
    out.print("\r" + text + padding);
    out.flush();
    width = text.length();
  }

  /** Seconds as a person reads them: 45 s, 3:07, 1:02:33. */
  public static String time(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    if (duration.toMinutes() < 1) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() < 1
        ? String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart())
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            duration.toHours(),
            duration.toMinutesPart(),
            duration.toSecondsPart());
  }
}
