package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.application.Application;
import dev.ebt.bench.console.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command printed, and its exit code. */
public record Commands(int code, String out, String err) {

  /**
   * Runs {@code ebt} with these arguments in this process, without any input. The streams are those
   * of this call alone, whatever other tests do at the same time.
   */
  public static Commands ebt(String... arguments) {
    return withInput(InputStream.nullInputStream(), arguments);
  }

  /** Runs {@code ebt} with this standard input. */
  public static Commands withInput(byte[] input, String... arguments) {
    return withInput(new ByteArrayInputStream(input), arguments);
  }

  private static Commands withInput(InputStream input, String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Commands done = ebt(input, out, arguments);
    return new Commands(done.code, printed.toString(StandardCharsets.UTF_8), done.err);
  }

  /** Runs {@code ebt} with this standard output, which the result leaves out. */
  static Commands withOutput(PrintStream out, String... arguments) {
    return ebt(InputStream.nullInputStream(), out, arguments);
  }

  private static Commands ebt(InputStream in, PrintStream out, String... arguments) {
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(complained, true, StandardCharsets.UTF_8);
    int code = Ebt.execute(Application.of(new StandardStreams(in, out, err)), arguments);
    return new Commands(code, "", complained.toString(StandardCharsets.UTF_8));
  }

  /** What was printed, without the seconds that it took. */
  public String outWithoutSeconds() {
    return out.replaceAll("\"seconds\":[0-9.E-]+", "").replaceAll(" +\\d+\\.\\d{3}(?!\\d)", "");
  }

  /** The same, which must go well. */
  public static Commands fine(String... arguments) {
    Commands done = ebt(arguments);
    assertThat(done.code()).as("%s%n%s%s", List.of(arguments), done.out(), done.err()).isZero();
    return done;
  }

  /** The same, which must end as its user's mistake, told in one message and nothing else. */
  public static String refusal(String... arguments) {
    Commands done = ebt(arguments);
    assertThat(done.code()).as("%s%n%s%s", List.of(arguments), done.out(), done.err()).isEqualTo(2);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).startsWith("ebt: ").endsWith("\n").doesNotContain("\tat ");
    assertThat(done.err().lines().filter(line -> line.startsWith("ebt: "))).hasSize(1);
    return done.err();
  }
}
