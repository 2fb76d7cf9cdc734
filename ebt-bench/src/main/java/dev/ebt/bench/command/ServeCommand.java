package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.serve.AllowedHosts;
import dev.ebt.bench.serve.BearerToken;
import dev.ebt.bench.serve.ModelServer;
import dev.ebt.bench.serve.ServedModel;
import dev.ebt.bench.serve.ServerSettings;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.inference.EbtModel;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that serves a trained model over HTTP. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Serve a model over HTTP, for clients of OpenAI's completions API.",
    description = {
      "",
      "Without a run, the model brackets. Routes: /v1/completions, /v1/models, /v1/think (energies"
          + " of",
      "each step), /v1/verify and /v1/energy (given answers), /healthz, /metrics (Prometheus).",
      "Ctrl-C finishes the requests in flight and ends the server; a second Ctrl-C ends it at"
          + " once.",
      "",
      "  ./ebt serve runs/book",
      "  curl http://127.0.0.1:8080/v1/completions -H 'Content-Type: application/json' \\",
      "    -d '{\"prompt\": \"ROMEO:\", \"max_tokens\": 40, \"stream\": true}'",
      "  ./ebt serve runs/book --host 0.0.0.0 --token-file token.txt --verbose",
      ""
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN_VARIABLE = "EBT_TOKEN";
  private static final int MOST_PORTS = 65535;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final Interrupts interrupts;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model (brackets).")
  private @Nullable Path run;

  @Option(names = "--port", paramLabel = "N", description = "The port (8080); 0 for a free one.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The network interface (127.0.0.1: this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Host names of requests that are answered, beside localhost and --host. Without the option,",
        "on an interface that other machines reach, all names."
      })
  private List<String> allowedHosts = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "A file with a token that requests must bear, as OpenAI's API key. Without the option, the",
        "environment variable EBT_TOKEN."
      })
  private @Nullable Path tokenFile;

  @Mixin private ModelOption option;

  @ArgGroup(validate = false, heading = "Limits; requests beyond them are refused:%n")
  private ServeLimitOptions limits = new ServeLimitOptions();

  @Option(names = "--verbose", description = "Print a line for each request to standard error.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the address as JSON.")
  private boolean json;

  @Inject
  ServeCommand(StandardStreams streams, Supplier<Catalog> discovery, Interrupts interrupts) {
    this.streams = streams;
    this.discovery = discovery;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    check("--port", port, port >= 0 && port <= MOST_PORTS, "0 to " + MOST_PORTS);
    Optional<BearerToken> token = token();
    warnOfOpenHost(token);
    Catalog catalog = discovery.get();
    TrainedModel trained = option.openForInference(catalog, run);
    try (EbtModel calls = EbtModel.of(catalog, trained, limits.inference())) {
      ServedModel model = ServedModel.of(name(), trained, calls);
      Consumer<String> accessLog = verbose ? streams.err()::println : line -> {};
      ServerSettings settings =
          new ServerSettings(
              host,
              port,
              AllowedHosts.of(host, allowedHosts),
              token,
              limits.server(trained.modality()),
              accessLog);
      CountDownLatch end = new CountDownLatch(1);
      try (Interrupt interrupt = interrupts.install(end::countDown);
          ModelServer server = ModelServer.start(model, settings)) {
        announce(server, model);
        end.await();
        streams.err().println("Stopping: requests in flight are finished first.");
      }
    }
    return 0;
  }

  private String name() {
    return run == null
        ? discovery.get().standardModel().name()
        : run.toAbsolutePath().normalize().getFileName().toString();
  }

  private boolean isStandard() {
    String standard = discovery.get().standardModel().name();
    return run == null || BundledModelFolders.nameOf(run).filter(standard::equals).isPresent();
  }

  private Optional<BearerToken> token() {
    if (tokenFile != null) {
      try {
        return Optional.of(BearerToken.of(tokenFile.toString(), Files.readString(tokenFile)));
      } catch (IOException e) {
        throw new UserException(tokenFile + " cannot be read: " + ReasonText.of(e), e);
      }
    }
    return Optional.ofNullable(System.getenv(TOKEN_VARIABLE))
        .map(secret -> BearerToken.of(TOKEN_VARIABLE, secret));
  }

  private void warnOfOpenHost(Optional<BearerToken> token) {
    try {
      if (token.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
        streams
            .err()
            .println(
                "ebt: warning: everybody who reaches this machine can use the model; --token-file"
                    + " restricts it");
      }
    } catch (UnknownHostException e) {
      throw new UserException("--host is '" + host + "', which is not known", e);
    }
  }

  private void announce(ModelServer server, ServedModel model) throws JsonProcessingException {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("url", server.url());
      line.put("model", model.name());
      streams.out().println(new ObjectMapper().writeValueAsString(line));
    } else {
      streams
          .out()
          .printf(
              Locale.ROOT,
              "%s serves model '%s', %s. Try:%n  curl %s%n",
              server.url(),
              model.name(),
              model.description(),
              server.url() + request(model));
    }
  }

  /** Returns a first request: of another modality than text it depends on the adapter. */
  private String request(ServedModel model) {
    return model.text() == null
        ? "/v1/models"
        : "/v1/completions -H 'Content-Type: application/json' -d '{\"prompt\": \""
            + (isStandard() ? "(7-3=" : "The ")
            + "\", \"max_tokens\": 40}'";
  }
}
