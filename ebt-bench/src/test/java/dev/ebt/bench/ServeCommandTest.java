package dev.ebt.bench;

import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Module;
import dev.ebt.bench.application.Application;
import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Interrupts;
import dev.ebt.bench.console.StandardStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that serves, from its start until Ctrl-C. */
@Timeout(60)
class ServeCommandTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
  }

  private static HttpResponse<String> get(String url, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    CompletableFuture<Interrupt> installed = new CompletableFuture<>();
    Module interruptible =
        binder ->
            binder
                .bind(Interrupts.class)
                .toInstance(
                    notice -> {
                      Interrupt interrupt = new Interrupt(notice, () -> {});
                      installed.complete(interrupt);
                      return interrupt;
                    });
    String token = tiny.write("token.txt", "sesame\n");

    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                Ebt.execute(
                    Application.of(streams, interruptible),
                    "serve",
                    run,
                    "--port=0",
                    "--json",
                    "--verbose",
                    "--token-file",
                    token));
    Interrupt interrupt = installed.get(30, TimeUnit.SECONDS);
    BoundedWait.until(() -> out.toString(StandardCharsets.UTF_8).endsWith("\n"));
    String url = new ObjectMapper().readTree(out.toByteArray()).path("url").asText();
    assertThat(get(url + "/v1/models", "sesame").body()).contains("\"id\":\"run\"");
    assertThat(get(url + "/v1/models", "wrong").statusCode()).isEqualTo(401);

    interrupt.received();

    assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("127.0.0.1 GET /v1/models 200", "127.0.0.1 GET /v1/models 401", "Stopping")
        .doesNotContain("sesame");
  }

  @Test
  void portInUseIsReported() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusal("serve", run, "--port=" + other.getLocalPort()))
          .startsWith("ebt: port " + other.getLocalPort() + " of 127.0.0.1 cannot be used");
    }
  }

  @Test
  void mistakesAreReported() throws IOException {
    assertThat(refusal("serve", run, "--port=70000"))
        .isEqualTo("ebt: --port is 70000; 0 to 65535 expected\n");
    assertThat(refusal("serve", run, "--queue=0"))
        .isEqualTo("ebt: --queue is 0; 1 to 1000000 expected\n");
    assertThat(refusal("serve", run, "--port=0", "--queue=1", "--max-choices=2"))
        .isEqualTo("ebt: --max-choices is 2; at most --queue (1) expected\n");
    assertThat(refusal("serve", run, "--token-file", tiny.path("none.txt")))
        .startsWith("ebt: " + tiny.path("none.txt") + " cannot be read");
    assertThat(refusal("serve", run, "--token-file", tiny.write("empty.txt", "\n")))
        .endsWith("is empty; a token of printable ASCII characters expected\n");
    assertThat(refusal("serve", tiny.path("none"))).startsWith("ebt: ");
  }
}
