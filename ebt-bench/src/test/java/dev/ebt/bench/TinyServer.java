package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.serve.AllowedHosts;
import dev.ebt.bench.serve.BearerToken;
import dev.ebt.bench.serve.ModelServer;
import dev.ebt.bench.serve.ServedModel;
import dev.ebt.bench.serve.ServerLimits;
import dev.ebt.bench.serve.ServerSettings;
import dev.ebt.config.Overrides;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server of a tiny model on a free port, with its client. */
public final class TinyServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";

  private final EbtModel model;
  private final ModelServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> log = new ArrayList<>();

  private TinyServer(
      Catalog catalog,
      Path run,
      ServerLimits limits,
      InferenceLimits inference,
      @Nullable String token) {
    TrainedModel trained = TrainedModel.open(catalog, run, "latest", Overrides.none());
    this.model = EbtModel.of(catalog, trained, inference);
    this.server =
        ModelServer.start(
            ServedModel.of("tiny", trained, model),
            new ServerSettings(
                "127.0.0.1",
                0,
                AllowedHosts.of("127.0.0.1", List.of("model.example")),
                Optional.ofNullable(token).map(secret -> BearerToken.of("the test", secret)),
                limits,
                line -> {
                  synchronized (log) {
                    log.add(line);
                  }
                }));
  }

  /** Limits that hinder no test. */
  static ServerLimits limits() {
    return limits(Duration.ofSeconds(60), Duration.ofSeconds(30), 64);
  }

  static ServerLimits limits(Duration time, Duration idle, int requests) {
    return new ServerLimits(100_000, 8, 1_000_000, 8, 4, 4, 8, requests, 64, time, idle);
  }

  static TinyServer of(Path run) {
    return new TinyServer(
        Plugins.discover(List.of()), run, limits(), InferenceLimits.defaults(), null);
  }

  public static TinyServer of(Catalog catalog, Path run) {
    return new TinyServer(catalog, run, limits(), InferenceLimits.defaults(), null);
  }

  static TinyServer withToken(Path run, String token) {
    return new TinyServer(
        Plugins.discover(List.of()), run, limits(), InferenceLimits.defaults(), token);
  }

  static TinyServer with(Path run, ServerLimits limits, InferenceLimits inference) {
    return new TinyServer(Plugins.discover(List.of()), run, limits, inference, null);
  }

  public EbtModel model() {
    return model;
  }

  String url() {
    return server.url();
  }

  /** The lines of the access log. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(60));
  }

  HttpRequest.Builder posted(String path, byte[] body) {
    return request(path)
        .header("Content-Type", JSON)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(posted(path, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** The document that answers a request, which must succeed. */
  public JsonNode answer(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  /** The error of a response, in the form of OpenAI. */
  static JsonNode error(HttpResponse<String> response) throws IOException {
    JsonNode error = MAPPER.readTree(response.body()).path("error");
    assertThat(error.path("message").asText()).as(response.body()).isNotBlank();
    assertThat(error.path("type").asText()).as(response.body()).isNotBlank();
    assertThat(error.has("param") && error.has("code")).as(response.body()).isTrue();
    return error;
  }

  /** The documents of a stream that is complete. */
  List<JsonNode> stream(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = post("/v1/completions", body);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    List<JsonNode> documents = new ArrayList<>();
    String[] events = response.body().split("\n\n");
    assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
    for (String event : events) {
      if (event.startsWith("data: {")) {
        documents.add(MAPPER.readTree(event.substring("data: ".length())));
      }
    }
    return documents;
  }

  /** A connection on which bytes can be sent and received at will. */
  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Begins a request on a connection, with the beginning of its body. */
  static void begin(Socket socket, int length, String body) throws IOException {
    String head =
        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
  }

  /** Stops the server, but not the model. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
    model.close(Duration.ZERO);
  }
}
