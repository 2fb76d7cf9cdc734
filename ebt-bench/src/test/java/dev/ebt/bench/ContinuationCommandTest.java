package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of {@code think} about the window and the cache of a text model with a window of 8. */
class ContinuationCommandTest {
  @TempDir static Path folder;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run").toString();
  }

  private static Commands explained(String... options) {
    String[] line = {"think", run, "--explain", "--seed", "3", "--prompt", "abc"};
    String[] all = Arrays.copyOf(line, line.length + options.length);
    System.arraycopy(options, 0, all, line.length, options.length);
    return fine(all);
  }

  /** The number of lines with a probability. */
  private static long tokens(Commands explained) {
    return explained
        .out()
        .lines()
        .filter(line -> line.matches(".{10,} [01]\\.\\d{3}  [▁-█?]+ .*"))
        .count();
  }

  @Test
  void withoutCacheTheTextIsTheSame() {
    assertThat(explained("--count", "12", "--no-cache").out())
        .isEqualTo(explained("--count", "12").out());
  }

  @Test
  void fullWindowEndsTheTextWithAWarning() {
    Commands stopped = explained("--count", "12", "--window", "stop");
    assertThat(tokens(stopped)).isEqualTo(6);
    assertThat(stopped.err())
        .isEqualTo(
            "ebt: the text ends because the model's window of 8 tokens is full (--window stop)\n");
    assertThat(explained("--count", "6", "--window", "stop").err()).isEmpty();
    String[] written = {"think", run, "--prompt", "abc", "--count", "12", "--window", "stop"};
    assertThat(fine(written).err()).isEqualTo(stopped.err());
  }

  @Test
  void halfAndSlideGoOnBeyondTheWindow() {
    Commands half = explained("--count", "12", "--window", "half");
    assertThat(tokens(half)).isEqualTo(12);
    assertThat(half.err()).isEmpty();
    assertThat(half.out()).isEqualTo(explained("--count", "12").out());
    assertThat(tokens(explained("--count", "12", "--window", "slide"))).isEqualTo(12);
  }
}
