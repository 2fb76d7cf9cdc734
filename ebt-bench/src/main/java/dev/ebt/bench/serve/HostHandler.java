package dev.ebt.bench.serve;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;

/**
 * Refuses requests for other hosts. Otherwise a page on the web could use a server that only this
 * machine reaches: its own host name can be made to lead here (DNS rebinding).
 */
final class HostHandler extends Handler.Wrapper {
  private final Set<String> hosts;

  /**
   * Creates a handler.
   *
   * @param hosts the names that are answered, in lower case
   */
  HostHandler(Set<String> hosts, Handler next) {
    super(next);
    this.hosts = Set.copyOf(hosts);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String header = request.getHeaders().get(HttpHeader.HOST);
    if (header == null || hosts.contains(host(header))) { // HTTP/1.0 may have none; browsers do.
      return super.handle(request, response, callback);
    }
    ApiException refusal =
        ApiException.of(
            HttpStatus.MISDIRECTED_REQUEST_421,
            "unknown_host",
            "the header Host is '" + header + "'; --allow-host adds the names that are answered");
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(Json.bytes(refusal.body())), callback);
    return true;
  }

  private static String host(String header) {
    try {
      return new HostPort(header).getHost().toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return ""; // It is malformed, and no name of ours.
    }
  }
}
