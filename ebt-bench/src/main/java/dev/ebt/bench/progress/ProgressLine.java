package dev.ebt.bench.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A progress line that is rewritten in place on a terminal: a bar, a rate, the remaining time and
 * selected metrics. Narrow terminals get no bar and only the first of the metrics, and the line is
 * cut at their width. If the output is not a terminal, a plain line is written only after half a
 * minute without other output, so that logs stay readable.
 */
public final class ProgressLine {
  private static final int BAR = 24;

  /** The rate per second below which the time of each is shown instead. */
  private static final double SLOW = 0.1;

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long SILENCE_NANOS = 30_000_000_000L;
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private long total;
  private final long first;
  private final LongSupplier nanos;
  private final long started;
  private long drawn;
  private int width;

  /**
   * Creates a line for work from {@code first} to {@code total}.
   *
   * @param terminal true if {@code out} is a terminal
   * @param columns the width of the terminal
   * @param nanos the clock, in nanoseconds
   */
  ProgressLine(
      PrintStream out, boolean terminal, int columns, long first, long total, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
    this.first = first;
    this.total = total;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
    this.drawn = terminal ? started - REDRAW_NANOS : started;
  }

  /** Changes the extent of the work. */
  public synchronized void total(long changed) {
    total = changed;
  }

  /** Shows the progress of work that has taken more than a second. */
  public synchronized void showLater(long done, String metric) {
    if (nanos.getAsLong() - started > PATIENCE_NANOS) {
      show(done, () -> List.of(metric));
    }
  }

  /**
   * Shows the progress, at most ten times per second on a terminal and twice per minute in a log.
   *
   * @param metrics the most important first; asked for only if they are shown
   */
  public synchronized void show(long done, Supplier<List<String>> metrics) {
    long now = nanos.getAsLong();
    boolean due = now - drawn >= (terminal ? REDRAW_NANOS : SILENCE_NANOS);
    if (!due && !(terminal && done >= total)) {
      return;
    }
    drawn = now;
    String progress = progress(done, now);
    List<String> shown = metrics.get();
    String all = with(progress, shown);
    if (!terminal) {
      out.println(all);
    } else if (BAR + 1 + all.length() < columns) {
      int filled = (int) (BAR * done / Math.max(1, total));
      write("━".repeat(filled) + "─".repeat(BAR - filled) + " " + all);
    } else {
      int fitting = shown.size();
      while (fitting > 0 && with(progress, shown.subList(0, fitting)).length() >= columns) {
        fitting--;
      }
      write(with(progress, shown.subList(0, fitting)));
    }
  }

  private String progress(long done, long now) {
    double rate = (done - first) / Math.max((now - started) / 1e9, 1e-3);
    String left = rate > 0 ? time((total - done) / rate) : "?";
    return String.format(Locale.ROOT, "%d/%d  %s  %s left", done, total, rate(rate), left);
  }

  private static String with(String progress, List<String> metrics) {
    return metrics.isEmpty() ? progress : progress + "  " + String.join("  ", metrics);
  }

  /** Prints a permanent line above the progress line. */
  public synchronized void print(String line) {
    clear();
    out.println(line);
    drawn = terminal ? drawn : nanos.getAsLong();
  }

  /** Clears the progress line. */
  public synchronized void clear() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }

  /** Leaves the last column empty, because some terminals start a new row after writing to it. */
  private void write(String text) {
    String fitting = text.substring(0, Math.min(text.length(), columns - 1));
    String padding = " ".repeat(Math.max(0, width - fitting.length()));
    out.print("\r" + fitting + padding);
    out.flush();
    width = fitting.length();
  }

  /** Formats a rate per second for display: 2.5/s, or 14 s each where it is slow. */
  public static String rate(double perSecond) {
    return perSecond > 0 && perSecond < SLOW
        ? String.format(Locale.ROOT, "%s each", time(1 / perSecond))
        : String.format(Locale.ROOT, "%.1f/s", perSecond);
  }

  /** Formats seconds for display: 45 s, 3:07, 1:02:33. */
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
