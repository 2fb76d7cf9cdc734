package dev.ebt.bench.watch;

import com.google.common.base.Throwables;
import dev.ebt.bench.serve.PageServer;
import dev.ebt.error.UserException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page that is written again when something has changed, in a thread of its own. It pauses for
 * four times as long as writing took, and some seconds at least, so that a training beside it keeps
 * most of the machine.
 */
public final class LivePage implements AutoCloseable {
  private static final long LEAST_PAUSE_MILLIS = 3000;
  private static final int PAUSE_FACTOR = 4;

  private final Supplier<String> writer;
  private final LongSupplier millis;
  private final Thread thread;
  private volatile PageServer.Page page;
  private boolean changed;
  private boolean closed;
  private volatile @Nullable Throwable fault;

  /**
   * Creates a page.
   *
   * @param waiting the page until the first one is written
   * @param writer returns the page as HTML; what it cannot show is a {@link UserException}
   */
  public LivePage(String waiting, Supplier<String> writer) {
    this(waiting, writer, () -> System.nanoTime() / 1_000_000);
  }

  LivePage(String waiting, Supplier<String> writer, LongSupplier millis) {
    this.page = new PageServer.Page(0, waiting);
    this.writer = writer;
    this.millis = millis;
    this.thread = new Thread(this::write, "live-page");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Returns the present page. */
  public PageServer.Page page() {
    return page;
  }

  /** Tells that the page is no longer what it should be. */
  public synchronized void changed() {
    changed = true;
    notifyAll();
  }

  private void write() {
    try {
      long next = millis.getAsLong();
      while (awaitChange(next)) {
        long began = millis.getAsLong();
        String html = written();
        long ended = millis.getAsLong();
        next = ended + Math.max(LEAST_PAUSE_MILLIS, PAUSE_FACTOR * (ended - began));
        page = new PageServer.Page(page.version() + 1, html);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String written() {
    try {
      String html = writer.get();
      fault = null;
      return html;
    } catch (UserException e) {
      fault = null;
      return message(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      fault = e; // Thrown where the page is closed, unless a later page is written.
      return message("The report could not be written, an internal error: " + e);
    }
  }

  /** Returns a page of one sentence. */
  public static String message(String sentence) {
    String escaped = sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\""
        + " content=\"light dark\"><title>ebt watch</title><body style=\"font-family:sans-serif;"
        + "margin:2em\"><p><bdi>"
        + escaped
        + "</bdi></p></body></html>";
  }

  /** Waits for a time and for a change; returns false once the page is closed. */
  private synchronized boolean awaitChange(long time) throws InterruptedException {
    while (!closed && (!changed || millis.getAsLong() < time)) {
      wait(Math.max(1, changed ? time - millis.getAsLong() : LEAST_PAUSE_MILLIS));
    }
    changed = false;
    return !closed;
  }

  /** Waits until a page that is being written is complete, and ends the thread. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // The writer uses native code, which must not run on.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable last = fault;
    if (last != null) {
      Throwables.throwIfUnchecked(last);
    }
  }
}
