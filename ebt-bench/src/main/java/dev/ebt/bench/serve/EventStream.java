package dev.ebt.bench.serve;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A response of server-sent events. The status is sent with the first of them, so that a failure
 * before that can have its own. A write ends with an exception if the client has gone, or reads so
 * slowly that the connection is closed.
 */
final class EventStream {
  private static final long SILENCE_NANOS = 2_000_000_000L;
  private static final byte[] BEGIN = ascii("data: ");
  private static final byte[] END = ascii("\n\n");
  private static final byte[] COMMENT = ascii(": waiting\n\n");
  private static final byte[] DONE = ascii("data: [DONE]\n\n");

  private final HttpServletResponse response;
  private long written = System.nanoTime();
  private boolean begun;

  EventStream(HttpServletResponse response) {
    this.response = response;
  }

  /** Returns whether something was sent. */
  boolean begun() {
    return begun;
  }

  /** Sends a document. */
  void send(Object document) throws IOException {
    write(BEGIN, Json.bytes(document), END);
  }

  /**
   * Sends a comment, which clients ignore, if nothing was sent for a while: intermediaries close
   * connections that are silent. Before the first event nothing is sent, since a refusal by the
   * model still has its own status until then.
   */
  void keepAlive() throws IOException {
    if (begun && System.nanoTime() - written >= SILENCE_NANOS) {
      write(COMMENT);
    }
  }

  /** Sends the end of a stream that is complete. */
  void done() throws IOException {
    write(DONE);
  }

  private void write(byte[]... parts) throws IOException {
    if (!begun) {
      begun = true;
      response.setStatus(200);
      response.setContentType("text/event-stream;charset=utf-8");
      response.setHeader("Cache-Control", "no-cache");
    }
    ServletOutputStream out = response.getOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    out.flush();
    written = System.nanoTime();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
