package dev.ebt.bench.serve;

import dev.ebt.error.MessageSanitizer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** The counting and logging of all requests, also of those that no route receives. */
final class RequestObserver implements RequestLog {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH");

  private final ServerMetrics metrics;
  private final Consumer<String> accessLog;
  private final Set<String> routes;

  /**
   * Creates an observer.
   *
   * @param routes the known paths; requests of others count as one
   */
  RequestObserver(ServerMetrics metrics, Consumer<String> accessLog, Set<String> routes) {
    this.metrics = metrics;
    this.accessLog = accessLog;
    this.routes = routes;
  }

  @Override
  public void log(Request request, Response response) {
    String path = String.valueOf(Request.getPathInContext(request));
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
    Duration time = Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime());
    metrics.request(method, routes.contains(path) ? path : "other", response.getStatus(), time);
    accessLog.accept(
        MessageSanitizer.of(
            String.format(
                Locale.ROOT,
                "%s %s %s %d %d ms",
                Request.getRemoteAddr(request),
                method,
                path,
                response.getStatus(),
                time.toMillis())));
  }
}
