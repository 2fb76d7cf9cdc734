package dev.ebt.bench.watch;

import dev.ebt.bench.page.ReportPage;
import dev.ebt.bench.serve.PageServer;
import dev.ebt.plugin.Catalog;
import dev.ebt.report.Report;
import dev.ebt.report.ReportRequest;
import dev.ebt.run.RunStatus;
import dev.ebt.store.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The report of watched runs as a page in a browser on this machine, written again and again. */
public final class WatchPage implements WatchListener, AutoCloseable {
  private final LivePage page;
  private final PageServer server;

  /**
   * Starts the server.
   *
   * @param port 0 for a free one
   * @throws dev.ebt.error.UserException if the port cannot be used
   */
  public WatchPage(Catalog catalog, List<Path> runs, int port) {
    this.page =
        new LivePage(
            LivePage.message("The report is being written …"), () -> written(catalog, runs));
    try {
      this.server = PageServer.start(frame(), page::page, port);
    } catch (RuntimeException e) {
      page.close();
      throw e;
    }
  }

  private static String written(Catalog catalog, List<Path> runs) {
    List<Path> there = runs.stream().filter(RunDirectory::isPresent).toList();
    return there.isEmpty()
        ? LivePage.message("Waiting for " + runs + ", where no run is yet")
        : ReportPage.html(
            Report.of(catalog, ReportRequest.of(there.toArray(Path[]::new)), step -> {}));
  }

  private static String frame() {
    try (InputStream in = WatchPage.class.getResourceAsStream("frame.html")) {
      if (in == null) {
        throw new IllegalStateException("frame.html is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address. */
  public String url() {
    return server.url();
  }

  @Override
  public void waiting(Path run) {
    page.changed();
  }

  @Override
  public void metrics(Path run, long steps, Map<String, Object> line) {
    page.changed();
  }

  @Override
  public void problem(Path run, String what) {
    page.changed();
  }

  @Override
  public void ended(Path run, long step, RunStatus status) {
    page.changed();
  }

  @Override
  public void close() {
    server.close();
    page.close();
  }
}
