package dev.ebt.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output as UTF-8 that keeps the reason why it could not be written. */
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

  /** Returns why the first output that is missing could not be written. */
  Optional<String> failure() {
    return Optional.ofNullable(target.failure).map(e -> String.valueOf(e.getMessage()));
  }

  /**
   * Returns whether the reader has gone, as {@code head} does when it has enough. Java has no type
   * for this; the message is that of the operating system.
   */
  boolean readerHasGone() {
    return failure().filter(reason -> reason.toLowerCase(Locale.ROOT).contains("pipe")).isPresent();
  }

  /** Passes bytes on and keeps the first failure, of which {@link PrintStream} tells nothing. */
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
