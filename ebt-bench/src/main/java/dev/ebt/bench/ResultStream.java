package dev.ebt.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output in UTF-8 that records the reason of a write failure. */
final class ResultStream extends PrintStream {
  private final Target target;

  private ResultStream(Target target) {
    super(target, true, StandardCharsets.UTF_8);
    this.target = target;
  }

  /** Creates a stream that writes to another one. */
  static ResultStream to(OutputStream out) {
    return new ResultStream(new Target(out));
  }

  /** Returns the reason of the first write failure. */
  Optional<String> failure() {
    return Optional.ofNullable(target.failure).map(e -> String.valueOf(e.getMessage()));
  }

  /**
   * Returns true if the reader has closed the pipe, as {@code head} does. Java has no exception
   * type for this, so the message of the operating system is compared.
   */
  boolean readerHasGone() {
    return failure().filter(reason -> reason.toLowerCase(Locale.ROOT).contains("pipe")).isPresent();
  }

  /** A stream that records the first failure, which {@link PrintStream} does not report. */
  private static final class Target extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    private Target(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
        throw e;
      }
    }
  }
}
