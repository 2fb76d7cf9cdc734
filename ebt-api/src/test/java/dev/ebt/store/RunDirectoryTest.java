package dev.ebt.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path temporary;
  private Path path;

  @BeforeEach
  void setUp() {
    path = temporary.resolve("runs").resolve("book");
  }

  private static String refusal(ThrowingCallable action) {
    return catchThrowableOfType(UserException.class, action).getMessage();
  }

  @Test
  void beginsAndGoesOn() {
    try (RunDirectory run = RunDirectory.create(path, "seed: 33\n")) {
      assertThat(run.configuration()).hasContent("seed: 33");
    }
    try (RunDirectory run = RunDirectory.resume(path)) {
      assertThat(run.path()).isEqualTo(path);
      assertThat(run.checkpoints().complete()).isEmpty();
    }
  }

  @Test
  void knowsWhetherATrainingHoldsARun() {
    try (RunDirectory held = RunDirectory.create(path, "seed: 33\n")) {
      assertThat(RunDirectory.read(path).isTraining()).isTrue();
      assertThat(held.isTraining()).isTrue();
    }
    assertThat(RunDirectory.read(path).isTraining()).isFalse();
    RunDirectory.resume(path).close(); // Having looked at it is not in the way.
  }

  @Test
  void tellsAPlaceWhereARunMayAppearFromOneWhereNoneCan() throws IOException {
    assertThat(RunDirectory.isPresent(path)).isFalse();
    Files.createDirectories(path);
    Files.createFile(path.resolve("lock"));
    assertThat(RunDirectory.isPresent(path)).isFalse();
    RunDirectory.create(path, "seed: 33\n").close();
    assertThat(RunDirectory.isPresent(path)).isTrue();

    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear");
    assertThat(refusal(() -> RunDirectory.isPresent(other)))
        .isEqualTo(other + " is not a run: it has no config.yaml");
    Files.createFile(path.resolve("progress.json"));
    assertThat(refusal(() -> RunDirectory.isPresent(path)))
        .isEqualTo(path + " is an exported model, not a run: it has no metrics");
  }

  @Test
  void refusesAPlaceThatIsTaken() throws IOException {
    RunDirectory.create(path, "seed: 33\n").close();
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "dear");
    Path file = Files.writeString(temporary.resolve("file"), "dear");

    assertThat(refusal(() -> RunDirectory.create(path, "seed: 1\n")))
        .isEqualTo(
            path
                + " already exists; continue it with --resume "
                + path
                + ", or choose another place with --out");
    assertThat(refusal(() -> RunDirectory.create(other, "")))
        .isEqualTo(other + " already exists; choose another place with --out");
    assertThat(refusal(() -> RunDirectory.create(file, "")))
        .isEqualTo(file + " already exists; choose another place with --out");
    assertThat(path.resolve("config.yaml")).hasContent("seed: 33");
  }

  @Test
  void takesAPlaceWhereNothingWasBegun() throws IOException {
    Files.createDirectories(path);
    Files.createFile(path.resolve("lock"));
    Files.createFile(path.resolve(".tmp-config.yaml-1"));

    try (RunDirectory run = RunDirectory.create(path, "seed: 33\n")) {
      assertThat(run.configuration()).exists();
    }
  }

  @Test
  void refusesWhatIsNoRun() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));

    assertThat(refusal(() -> RunDirectory.resume(path))).isEqualTo(path + ": no such run");
    assertThat(refusal(() -> RunDirectory.read(empty)))
        .isEqualTo(empty + " is not a run: it has no config.yaml");
  }

  @Test
  void letsOneTrainingInAtATime() {
    String inUse =
        path
            + " is in use by another training, of this program; wait for it, or end it by Ctrl-C,"
            + " which saves";
    RunDirectory run = RunDirectory.create(path, "seed: 33\n");

    assertThat(refusal(() -> RunDirectory.resume(path))).isEqualTo(inUse);
    assertThat(refusal(() -> RunDirectory.resume(path))).isEqualTo(inUse);
    RunDirectory.read(path).close();
    assertThat(refusal(() -> RunDirectory.resume(path))).isEqualTo(inUse);
    run.close();
    run.close();
    RunDirectory.resume(path).close();
  }

  @Test
  void letsNoOtherProgramIn() throws Exception {
    try (RunDirectory run = RunDirectory.create(path, "seed: 33\n")) {
      assertThat(tryLockElsewhere(run.path())).isEqualTo("null");
    }
    assertThat(tryLockElsewhere(path)).isNotEqualTo("null");
  }

  @Test
  void lockNamesItsProcessAndThatOfADeadOneIsNoObstacle() throws IOException {
    RunDirectory.create(path, "seed: 33\n").close();
    Files.writeString(path.resolve("lock"), "  99999999999\n");

    try (RunDirectory run = RunDirectory.resume(path)) {
      assertThat(run.path().resolve("lock"))
          .hasContent("  " + ProcessHandle.current().pid() + "\n");
    }
  }

  /** What another Java program gets when it tries to lock the run. */
  private String tryLockElsewhere(Path run) throws Exception {
    Path source =
        Files.writeString(
            temporary.resolve("Try.java"),
            """
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class Try {
              public static void main(String[] run) throws Exception {
                try (FileChannel lock = FileChannel.open(Path.of(run[0]), StandardOpenOption.WRITE)) {
                  System.out.print(lock.tryLock());
                }
              }
            }
            """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process other =
        new ProcessBuilder(java, source.toString(), run.resolve("lock").toString()).start();
    String answer = new String(other.getInputStream().readAllBytes());
    assertThat(other.waitFor()).isZero();
    return answer;
  }

  private static Map<String, Object> line(long step, double loss) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("loss", loss);
    return line;
  }

  @Test
  void endsUpWithTheSameFiguresAsAnUninterruptedRun() throws IOException {
    try (RunDirectory run = RunDirectory.create(path, "")) {
      try (MetricsLog log = run.metrics()) {
        for (int step = 10; step <= 50; step += 10) {
          log.append(line(step, 1.0 / step));
        }
        log.sync();
      }
      String uninterrupted = Files.readString(run.metricsFile());
      assertThat(uninterrupted).startsWith("{\"step\":10,\"loss\":0.1}\n{\"step\":20,");
      Files.writeString(run.metricsFile(), uninterrupted + "{\"step\":60,\"lo");

      try (MetricsLog log = run.metricsFrom(30)) {
        assertThat(Files.readAllLines(run.metricsFile())).hasSize(3);
        log.append(line(40, 1.0 / 40));
        log.append(line(50, 1.0 / 50));
      }
      assertThat(run.metricsFile()).hasContent(uninterrupted);
      assertThat(Files.list(path).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("config.yaml", "lock", "metrics.jsonl");
    }
  }

  @Test
  void keepsEveryLineOfFiguresThatCanBeRead() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("config.yaml"), "");
    String good =
        IntStream.rangeClosed(1, 9).mapToObj("{\"step\":%s}\n"::formatted).collect(joining());
    byte[] bytes = (good + "{\"step\":10,\"lo").getBytes(StandardCharsets.UTF_8);
    bytes[good.indexOf("3")] = (byte) 0xff;
    bytes[good.indexOf("5")] = '}';
    bytes[good.indexOf("7") + 1] = '\n';
    Path file = path.resolve("metrics.jsonl");
    Files.write(file, bytes);

    MetricsLines lines = MetricsLines.upTo(8, bytes);
    assertThat(lines.damaged()).isEqualTo(4); // One of them was cut in two.
    assertThat(lines.changed()).isTrue();
    try (RunDirectory run = RunDirectory.resume(path);
        MetricsLog log = run.metricsFrom(8)) {
      log.append(line(9, 0.5));
    }
    assertThat(file)
        .hasContent(
            "{\"step\":1}\n{\"step\":2}\n{\"step\":4}\n{\"step\":6}\n{\"step\":8}\n"
                + "{\"step\":9,\"loss\":0.5}\n");
    byte[] whole = Files.readAllBytes(file);
    assertThat(MetricsLines.upTo(9, whole).changed()).isFalse();
    assertThat(MetricsLines.upTo(8, whole).damaged()).isZero();
  }

  @Test
  void saysWhenFiguresCannotBeWritten() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createDirectories(path);
    Files.createSymbolicLink(path.resolve("metrics.jsonl"), full);
    Files.writeString(path.resolve("config.yaml"), "");
    try (RunDirectory run = RunDirectory.resume(path);
        MetricsLog log = run.metrics()) {
      assertThat(refusal(() -> log.append(line(1, 1))))
          .isEqualTo(
              run.metricsFile()
                  + " cannot be written: No space left on device. Checkpoints are untouched.");
    }
    Files.delete(path.resolve("metrics.jsonl"));
  }

  @Test
  void savesNothingWhereItMayNotWrite() throws IOException {
    Path inside = Files.createFile(temporary.resolve("file")).resolve("run");

    assertThat(refusal(() -> RunDirectory.create(inside, "")))
        .startsWith("run directory " + inside + " cannot be written: ")
        .endsWith("Nothing was there before.");
  }
}
