package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code ebt} in a process of its own, which can be interrupted, killed and starved. */
final class EbtProcess implements AutoCloseable {
  /** So that what hangs ends some time; what is only slow is no failure. */
  private static final int PATIENCE_SECONDS = 900;

  private final Process process;
  private final Path errors;

  private EbtProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts it.
   *
   * @param folder where standard error goes, to a file
   */
  static EbtProcess start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  /** Starts it with files that may not grow beyond so many blocks of 512 bytes. */
  static EbtProcess startWithLargestFile(Path folder, int blocks, String... arguments)
      throws IOException {
    String limited = "ulimit -f " + blocks + " && exec \"$@\"";
    return start(folder, List.of("sh", "-c", limited, "sh"), arguments);
  }

  private static EbtProcess start(Path folder, List<String> before, String... arguments)
      throws IOException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "has no signals");
    List<String> line = new ArrayList<>(before);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    line.add("-Xmx512m");
    for (String name : List.of("user.language", "user.country")) {
      line.add("-D" + name + "=" + System.getProperty(name, ""));
    }
    String classPath = System.getProperty("java.class.path");
    line.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath)));
    line.add(Ebt.class.getName());
    line.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    return new EbtProcess(process, errors);
  }

  /** Waits until something has come about, for which the process has to be alive. */
  void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as("alive; it said: %s", errors()).isTrue();
      assertThat(System.nanoTime()).as("in time; it said: %s", errors()).isLessThan(end);
      Thread.sleep(2);
    }
  }

  /** Whether it has not come to its end. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** The number that the system knows it by. */
  long number() {
    return process.pid();
  }

  /** Ends it at once, as no program can prevent. */
  void kill() {
    process.destroyForcibly();
  }

  /** Asks it to end, as Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Its exit code, when it has come to its end. */
  int exitCode() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("in time; it said: %s", errors())
        .isTrue();
    return process.exitValue();
  }

  /** What it wrote to standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
