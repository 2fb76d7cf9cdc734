package dev.ebt.bench.serve;

import dev.ebt.error.UserException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server of one model. A request has a thread from when its body has arrived until its answer is
 * written; a client that sends slowly has none, and one that reads slowly delays nobody else,
 * because the model does not wait for it.
 */
public final class ModelServer implements AutoCloseable {
  private static final String COMPLETIONS = "/v1/completions";
  private static final String THINK = "/v1/think";
  private static final String VERIFY = "/v1/verify";
  private static final String ENERGY = "/v1/energy";
  private static final String MODELS = "/v1/models";
  private static final String HEALTH = "/healthz";
  private static final String METRICS = "/metrics";
  private static final Set<String> ROUTES =
      Set.of(COMPLETIONS, THINK, VERIFY, ENERGY, MODELS, HEALTH, METRICS);

  /** Threads beside those of requests: of the connectors, and for refusals. */
  private static final int FURTHER_THREADS = 16;

  /** The greatest time to write an answer after the deadline of its computation. */
  private static final Duration WRITING = Duration.ofSeconds(10);

  private static final String RETRY_SECONDS = "1";
  private static final String JSON = "application/json";

  private final ServedModel model;
  private final ServerSettings settings;
  private final ServerMetrics metrics;
  private final Semaphore requests;
  private final Javalin server;

  private ModelServer(ServedModel model, ServerSettings settings) {
    this.model = model;
    this.settings = settings;
    int most = settings.limits().requests();
    this.requests = new Semaphore(most);
    this.metrics = new ServerMetrics(model.calls(), () -> most - requests.availablePermits());
    this.server = Javalin.create(this::configure);
  }

  /**
   * Starts a server.
   *
   * @param model stays open when the server is closed
   * @throws UserException if the port cannot be used
   */
  public static ModelServer start(ServedModel model, ServerSettings settings) {
    ModelServer server = new ModelServer(model, settings);
    try {
      server.server.start();
      return server;
    } catch (JavalinBindException e) {
      server.close();
      throw new UserException(
          "port "
              + settings.port()
              + " of "
              + settings.host()
              + " cannot be used; another program may listen there, choose another port with --port"
              + " (0 for a free one)",
          e);
    }
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool =
        new QueuedThreadPool(settings.limits().requests() + FURTHER_THREADS, 4);
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(this::modify);
    config.router.javaLangErrorHandler(ModelServer::fail);
    routes(config);
  }

  private Connector connector(Server jetty, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    return connector;
  }

  private void modify(Server jetty) {
    ServerLimits limits = settings.limits();
    Duration writing = limits.idle().compareTo(WRITING) < 0 ? limits.idle() : WRITING;
    Duration answer = limits.time().plus(writing);
    ArrivalLimitHandler arrival = new ArrivalLimitHandler(limits.idle());
    SizeLimitHandler sized = new SizeLimitHandler(limits.bodyBytes(), -1);
    arrival.setHandler(sized);
    sized.setHandler(
        new EagerContentHandler(
            arrival.arrived(new TimeLimitHandler(answer)),
            new EagerContentHandler.RetainedContentLoaderFactory(limits.bodyBytes(), -1, true)));
    jetty.setHandler(new GracefulHandler(forHosts(guarded(arrival))));
    jetty.setErrorHandler(new JsonErrorHandler());
    jetty.setRequestLog(new RequestObserver(metrics, settings.accessLog(), ROUTES));
    jetty.addBean(new NetworkConnectionLimit(limits.connections(), jetty));
    jetty.setStopTimeout(answer.toMillis());
  }

  /** Returns a handler of requests with the token; only the health of the server is public. */
  private org.eclipse.jetty.server.Handler guarded(org.eclipse.jetty.server.Handler next) {
    return settings
        .token()
        .<org.eclipse.jetty.server.Handler>map(token -> new TokenHandler(token, HEALTH, next))
        .orElse(next);
  }

  /** Returns a handler of requests for known hosts. */
  private org.eclipse.jetty.server.Handler forHosts(org.eclipse.jetty.server.Handler next) {
    return settings
        .hosts()
        .<org.eclipse.jetty.server.Handler>map(hosts -> new HostHandler(hosts, next))
        .orElse(next);
  }

  private void routes(JavalinConfig config) {
    ServerLimits limits = settings.limits();
    GivenCandidates given = new GivenCandidates(model, limits);
    ModelsRoute models = new ModelsRoute(model);
    config.routes.post(COMPLETIONS, limited(new CompletionRoute(model, limits, metrics)));
    config.routes.post(THINK, limited(new ThinkRoute(model, limits, metrics)));
    config.routes.post(VERIFY, limited(new VerifyRoute(given)));
    config.routes.post(ENERGY, limited(new EnergyRoute(given)));
    config.routes.get(MODELS, models::list);
    config.routes.get(MODELS + "/{name}", models::one);
    config.routes.get(HEALTH, context -> context.contentType(JSON).result("{\"status\":\"ok\"}"));
    config.routes.get(
        METRICS,
        context -> context.contentType("text/plain; version=0.0.4").result(metrics.text()));
    config.routes.exception(Exception.class, ModelServer::refuse);
    config.routes.exception(HttpResponseException.class, ModelServer::refuse);
  }

  /** Returns a route that only a number of requests use at a time. */
  private Handler limited(Handler route) {
    return context -> {
      String type = String.valueOf(context.contentType());
      if (!type.toLowerCase(Locale.ROOT).startsWith(JSON)) {
        throw ApiException.malformed(
            null, "the Content-Type is '" + type + "'; " + JSON + " expected");
      }
      if (!requests.tryAcquire()) {
        throw ApiException.of(429, "queue_full", "too many requests; try again later");
      }
      try {
        route.handle(context);
      } finally {
        requests.release();
      }
    };
  }

  private static void refuse(Exception failure, Context context) {
    if (failure instanceof IOException || context.res().isCommitted()) {
      return; // The client has gone.
    }
    ApiException error = Failures.of(failure);
    if (error.status() == 429) {
      context.header("Retry-After", RETRY_SECONDS);
    }
    if (failure instanceof MethodNotAllowedResponse other) {
      context.header("Allow", String.join(", ", other.getDetails().values()));
    }
    context.status(error.status()).contentType(JSON).result(Json.bytes(error.body()));
  }

  /** Answers a request in which Java itself failed, such as for want of memory. */
  private static void fail(HttpServletResponse response, Error failure) {
    ApiException error = Failures.of(failure);
    response.setStatus(error.status());
    response.setContentType(JSON);
    try {
      response.getOutputStream().write(Json.bytes(error.body()));
    } catch (IOException e) {
      return; // The client has gone.
    }
  }

  /** Returns the port. */
  public int port() {
    return server.port();
  }

  /** Returns the address, without a path. */
  public String url() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + port();
  }

  /**
   * Accepts no further requests, waits until those in flight have ended or run out of time, and
   * stops.
   */
  @Override
  public void close() {
    server.stop();
    metrics.close();
  }
}
