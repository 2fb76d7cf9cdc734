package dev.ebt.bench.serve;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A bound on the time in which the body of a request arrives; a request whose body does not is
 * refused. The handlers below it collect the body; {@link #arrived} is the first that has it.
 */
final class ArrivalLimitHandler extends Handler.Wrapper {
  private static final String ARRIVAL = ArrivalLimitHandler.class.getName();

  private final Duration limit;

  ArrivalLimitHandler(Duration limit) {
    this.limit = limit;
  }

  /** The arrival of a body, which is awaited until it has happened or has been given up. */
  private static final class Arrival {
    private final AtomicBoolean awaited = new AtomicBoolean(true);
    private final Callback completion;

    private Arrival(Callback completion) {
      this.completion = completion;
    }

    /**
     * Returns a callback that also passes on failures. The one of Jetty's handler of bodies
     * (12.1.12) drops them, so that a request whose client hung up would never be complete.
     */
    Callback passingOnFailures(Callback callback) {
      return Callback.from(
          callback::succeeded,
          failure -> {
            callback.failed(failure);
            completion.failed(failure); // Without effect on a request that is complete.
          });
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Arrival arrival = new Arrival(callback);
    request.setAttribute(ARRIVAL, arrival);
    Scheduler.Task end =
        getServer()
            .getScheduler()
            .schedule(
                () -> refuse(arrival, request, response, callback),
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    Request.addCompletionListener(request, failure -> end.cancel());
    return super.handle(request, response, callback);
  }

  private void refuse(Arrival arrival, Request request, Response response, Callback callback) {
    if (arrival.awaited.compareAndSet(true, false)) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
      Response.writeError(
          request,
          response,
          callback,
          HttpStatus.BAD_REQUEST_400,
          "the body did not arrive within " + limit.toMillis() + " ms");
    }
  }

  /** Returns a handler that passes on requests whose body has arrived in time. */
  Handler.Singleton arrived(Handler next) {
    return new Handler.Wrapper(next) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        if (request.getAttribute(ARRIVAL) instanceof Arrival arrival
            && arrival.awaited.compareAndSet(true, false)) {
          return super.handle(request, response, arrival.passingOnFailures(callback));
        }
        return true; // It was refused.
      }
    };
  }
}
