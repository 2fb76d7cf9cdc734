package dev.ebt.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads its answer slowly, but never so slowly that it is idle. */
@Timeout(60)
class SlowReaderTest {
  private static final int PIECE = 1 << 16;

  /** Writes without end, until the client cannot be written to. */
  private static final class Endless extends Handler.Abstract {
    private final CompletableFuture<IOException> end = new CompletableFuture<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      try (OutputStream out = Content.Sink.asOutputStream(response)) {
        while (true) {
          out.write(new byte[PIECE]);
          out.flush();
        }
      } catch (IOException e) {
        end.complete(e);
        callback.failed(e);
      }
      return true;
    }
  }

  @Test
  void itsPlaceIsFreeAfterTheTimeOfAnAnswer() throws Exception {
    Endless endless = new Endless();
    TimeLimitHandler limit = new TimeLimitHandler(Duration.ofMillis(500));
    limit.setHandler(endless);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(limit);
    server.start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> readSlowly(socket, endless.end));

      assertThat(endless.end.get(30, TimeUnit.SECONDS)).isNotNull();
      reader.get(30, TimeUnit.SECONDS);
    } finally {
      server.stop();
    }
  }

  /** Reads a little again and again, until the answer has ended. */
  private static void readSlowly(Socket socket, CompletableFuture<?> end) {
    try {
      InputStream in = socket.getInputStream();
      while (!end.isDone() && in.read(new byte[PIECE]) >= 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      return; // The connection is closed.
    }
  }
}
