package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that was stopped, in whatever way, and resumed is bit for bit the run that never stopped.
 */
class ResumeTest {
  private static final int STEPS = 120;
  private static final int CHECKPOINT_EVERY = 40;
  private static final int MOST_TRIES = 10;

  @TempDir static Path folder;
  private static Tiny tiny;
  private static Path whole;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    fine(line("whole"));
    whole = folder.resolve("whole");
  }

  /** Noise in every step and a replay buffer, which have to go on as they would have. */
  private static String[] line(String out) {
    List<String> line = new ArrayList<>(Arrays.asList(tiny.train(out)));
    for (String set :
        List.of(
            "backend.name=tensorflow",
            "training.steps=" + STEPS,
            "training.validateEvery=" + CHECKPOINT_EVERY,
            "training.checkpointEvery=" + CHECKPOINT_EVERY,
            "training.accumulate=2",
            "training.logEvery=3",
            "regularizers=[{name: langevin, sigma: 0.1}, {name: replay, capacity: 7}]")) {
      line.addAll(List.of("--set", set));
    }
    return line.toArray(String[]::new);
  }

  @Test
  void afterAKill() throws IOException, InterruptedException {
    String name = stopped("killed", 45, ResumeTest::kill);
    fine(tiny.resume(name));
    assertSameAsWhole(folder.resolve(name));
  }

  @Test
  void afterAnInterruptWhichSavesAndSaysHowToGoOn() throws IOException, InterruptedException {
    assumeTrue(heedsInterrupts(), "this process was started so as to ignore Ctrl-C");
    String name = stopped("interrupted", 6, ResumeTest::interrupt);
    fine(tiny.resume(name));
    assertSameAsWhole(folder.resolve(name));
  }

  /** How a process is stopped, and what it has to say to that. */
  private interface Stop {
    /** Stops it; returns whether it was stopped, and had not come to its end before. */
    boolean stop(EbtProcess process, Path run) throws IOException, InterruptedException;
  }

  /**
   * A run that was stopped some time after a step. On a busy machine one may come to its end before
   * it is stopped; then another one is started.
   *
   * @return its name
   */
  private static String stopped(String name, int step, Stop how)
      throws IOException, InterruptedException {
    for (int i = 1; i <= MOST_TRIES; i++) {
      String tried = name + i;
      Path run = folder.resolve(tried);
      try (EbtProcess process = EbtProcess.start(folder, line(tried))) {
        process.await(() -> reached(run, step));
        if (how.stop(process, run)) {
          assertThat(run.resolve("checkpoints/step-00000120")).doesNotExist();
          return tried;
        }
      }
    }
    return fail(
        String.format(Locale.ROOT, "came to its end %d times before it was stopped", MOST_TRIES));
  }

  private static boolean kill(EbtProcess process, Path run)
      throws IOException, InterruptedException {
    process.kill();
    process.exitCode();
    return !Files.exists(run.resolve("checkpoints/step-00000120"));
  }

  private static boolean interrupt(EbtProcess process, Path run)
      throws IOException, InterruptedException {
    process.interrupt();
    if (process.exitCode() == 0 || Files.exists(run.resolve("checkpoints/step-00000120"))) {
      return false;
    }
    assertThat(process.exitCode()).as(process.errors()).isEqualTo(130);
    assertThat(process.errors())
        .containsPattern(
            "stopping  (update|the validation|the checkpoint) .* [0-9]+ .*Ctrl-C again")
        .containsPattern("\nStopped after step [0-9]+; everything is saved. Resume with:\n")
        .endsWith("  ./ebt train --resume " + run + "\n");
    return true;
  }

  @Test
  void evaluationTwiceIsTheSameBytesNoiseOrNot() {
    String first = fine("eval", whole.toString(), "--json", "--steps", "0,1,3").outWithoutSeconds();
    assertThat(fine("eval", whole.toString(), "--json", "--steps", "0,1,3").outWithoutSeconds())
        .isEqualTo(first);
  }

  @Test
  void oneOperationAtATimeLearnsTheSame() {
    List<String> line = new ArrayList<>(Arrays.asList(line("alone")));
    line.addAll(List.of("--set", "backend.interThreads=1", "--set", "backend.intraThreads=1"));
    fine(line.toArray(String[]::new));
    String last = "checkpoints/step-00000120/model.safetensors";
    Map<String, Array> expected = Safetensors.read(whole.resolve(last)).tensors();
    Safetensors.read(folder.resolve("alone").resolve(last))
        .tensors()
        .forEach(
            (name, found) ->
                assertThat(found.doubles())
                    .as(name)
                    .containsExactly(expected.get(name).doubles(), within(1e-3)));
  }

  private static boolean reached(Path run, int step) {
    try {
      return Files.readString(run.resolve("metrics.jsonl")).contains("{\"step\":" + step + ",");
    } catch (IOException e) {
      return false;
    }
  }

  /** Children inherit what is ignored, and Java then leaves it so. */
  private static boolean heedsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status)
        || Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .noneMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static void assertSameAsWhole(Path run) throws IOException {
    assertThat(Tiny.metrics(run)).isEqualTo(Tiny.metrics(whole));
    for (String file :
        List.of(
            "model.safetensors", "optimizer.safetensors", "memory.safetensors", "progress.json")) {
      String last = "checkpoints/step-00000120/" + file;
      assertThat(run.resolve(last)).hasSameBinaryContentAs(whole.resolve(last));
    }
  }
}
