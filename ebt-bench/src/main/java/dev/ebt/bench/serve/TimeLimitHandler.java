package dev.ebt.bench.serve;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A bound on the time from the arrival of a request until its answer is written, which a client
 * that reads slowly, but not slowly enough to be idle, exceeds: its connection is closed. Routes
 * find the {@link ClientConnection} as an attribute.
 */
final class TimeLimitHandler extends Handler.Wrapper {
  private final Duration limit;

  TimeLimitHandler(Duration limit) {
    this.limit = limit;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    Scheduler.Task end =
        getServer()
            .getScheduler()
            .schedule(
                () -> endPoint.close(new TimeoutException("an answer takes too long")),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    Request.addCompletionListener(request, failure -> end.cancel());
    request.setAttribute(ClientConnection.ATTRIBUTE, ClientConnection.of(request));
    return super.handle(request, response, callback);
  }
}
