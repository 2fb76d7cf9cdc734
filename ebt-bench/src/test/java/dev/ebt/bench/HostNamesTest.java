package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.serve.AllowedHosts;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host names that a server of this machine answers. */
@Timeout(60)
class HostNamesTest {
  @TempDir static Path folder;
  private static TinyServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TinyServer.of(Tiny.in(folder).trained("run"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String answer(String host) throws IOException {
    try (Socket socket = server.socket()) {
      String request = "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LocalHost:80", "127.0.0.1:8080", "[::1]:8080", "model.example"})
  void namesOfThisMachineAreAnswered(String host) throws IOException {
    assertThat(answer(host)).startsWith("HTTP/1.1 200 ");
  }

  /** A page of that name, in a browser of this machine, would otherwise use the model. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1"})
  void otherNamesAreRefused(String host) throws IOException {
    assertThat(answer(host))
        .startsWith("HTTP/1.1 421 ")
        .contains("\"code\":\"unknown_host\"", "--allow-host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com:8080", "[::1]:8080", "127.0.0.1:80"})
  void aPortIsNoPartOfAName(String name) {
    assertThatThrownBy(() -> AllowedHosts.of("127.0.0.1", List.of(name)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--allow-host is '" + name + "'; a host name or address without a port expected");
  }

  @Test
  void allNamesAreAnsweredOnAnInterfaceThatOthersReach() {
    assertThat(AllowedHosts.of("0.0.0.0", List.of())).isEmpty();
    assertThat(AllowedHosts.of("0.0.0.0", List.of("Model.example")))
        .hasValueSatisfying(names -> assertThat(names).contains("model.example", "localhost"));
    assertThat(AllowedHosts.of("127.0.0.1", List.of("FE80::1", "[::2]")))
        .hasValueSatisfying(names -> assertThat(names).contains("[fe80::1]", "[::2]"));
    assertThat(AllowedHosts.of("::1", List.of()))
        .hasValueSatisfying(names -> assertThat(names).contains("[::1]"));
  }
}
