package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import dev.ebt.bench.application.Application;
import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Interrupts;
import dev.ebt.bench.console.StandardStreams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of watched runs, from a run that is not there yet to Ctrl-C. */
@Timeout(120)
class WatchPageTest {
  @TempDir private Path folder;

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void thePageFollowsARunUntilItIsInterrupted() throws Exception {
    Tiny tiny = Tiny.in(folder);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
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
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                Ebt.execute(
                    Application.of(streams, interruptible),
                    "watch",
                    tiny.path("run"),
                    "--web",
                    "--past=0"));
    Interrupt interrupt = installed.get();
    Matcher url =
        Pattern.compile("report is at (http://127\\.0\\.0\\.1:\\d+/)")
            .matcher(err.toString(StandardCharsets.UTF_8));
    assertThat(url.find()).isTrue();
    assertThat(get(url.group(1)).body()).contains("<iframe id=\"page\" src=\"/page\"");
    BoundedWait.until(() -> page(url.group(1)).contains("Waiting for "));

    tiny.trained("run");
    BoundedWait.until(() -> page(url.group(1)).contains("<h1><bdi>run</bdi></h1>"));
    assertThat(get(url.group(1) + "version").headers().firstValue("Cache-Control"))
        .contains("no-store");
    assertThat(get(url.group(1).replace("127.0.0.1", "localhost")).statusCode()).isEqualTo(200);

    interrupt.received();
    assertThat(code.get()).isZero();
  }

  private static String page(String url) {
    try {
      return get(url + "page").body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePortIsForThePage() {
    assertThat(Commands.refusal("watch", "x", "--port", "1")).contains("--port needs --web");
    assertThat(Commands.refusal("watch", "x", "--web", "--port", "70000"))
        .contains("--port is 70000; 0 to 65535 expected");
  }
}
