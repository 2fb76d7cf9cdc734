package dev.ebt.bench.serve;

import dev.ebt.error.UserException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server of a page that changes, for browsers on this machine alone. {@code /} is a frame that
 * shows {@code /page} and looks at {@code /version} every few seconds.
 */
public final class PageServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 16;

  private final String frame;
  private final Supplier<Page> page;
  private final int port;
  private final Javalin server;

  private PageServer(String frame, Supplier<Page> page, int port) {
    this.frame = frame;
    this.page = page;
    this.port = port;
    this.server = Javalin.create(this::configure);
  }

  /**
   * A page.
   *
   * @param version another one for every other content
   */
  public record Page(long version, String html) {}

  /**
   * Starts a server.
   *
   * @param frame the page that shows the other one
   * @param page returns the present page, from any thread
   * @param port 0 for a free one
   * @throws UserException if the port cannot be used
   */
  public static PageServer start(String frame, Supplier<Page> page, int port) {
    PageServer server = new PageServer(frame, page, port);
    try {
      server.server.start();
      return server;
    } catch (JavalinBindException e) {
      server.close();
      throw new UserException(
          "port "
              + port
              + " of "
              + HOST
              + " cannot be used; another program may listen there, choose another port with --port"
              + " (0 for a free one)",
          e);
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.addConnector(
        (jetty, http) -> {
          ServerConnector connector =
              new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
          connector.setHost(HOST);
          connector.setPort(port);
          return connector;
        });
    config.jetty.modifyServer(PageServer::forThisMachine);
    config.routes.get("/", context -> html(context, frame));
    config.routes.get("/page", context -> html(context, page.get().html()));
    config.routes.get(
        "/version",
        context ->
            fresh(context).contentType("text/plain").result(Long.toString(page.get().version())));
  }

  private static void forThisMachine(Server jetty) {
    GracefulHandler graceful = new GracefulHandler();
    jetty.setHandler(
        AllowedHosts.of(HOST, List.of())
            .<Handler>map(hosts -> new HostHandler(hosts, graceful))
            .orElse(graceful));
  }

  private static void html(Context context, String html) {
    fresh(context).contentType("text/html; charset=utf-8").result(html);
  }

  private static Context fresh(Context context) {
    return context.header("Cache-Control", "no-store");
  }

  /** Returns the address of the page. */
  public String url() {
    return "http://" + HOST + ":" + server.port() + "/";
  }

  @Override
  public void close() {
    server.stop();
  }
}
