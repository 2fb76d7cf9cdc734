package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command printed, and its exit code. */
public record Commands(int code, String out, String err) {

  /** Runs {@code ebt} with these arguments in this process. */
  public static Commands ebt(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = Ebt.execute(arguments);
      return new Commands(
          code,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
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
