package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training whose process is killed again and again, in updates, in validations, and while it
 * writes a checkpoint, is bit for bit the one that was left alone. {@code -Debt.kills=50} kills
 * more often.
 */
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("ebt.kills", 4);

  /** Enough for every kill, which comes after at most two intervals between checkpoints. */
  private static final int STEPS = 24 * KILLS;

  private static final int VALIDATE_EVERY = 6;
  private static final int CHECKPOINT_EVERY = 8;

  /** A training that came to its end before it was killed: another one is begun instead. */
  private static final int MOST_RUNS = 10 + KILLS;

  private static final Pattern STEP = Pattern.compile("\\{\"step\":([0-9]+),\"loss\"");
  private static final String LAST = String.format(Locale.ROOT, "checkpoints/step-%08d", STEPS);

  @TempDir static Path folder;
  private static Tiny tiny;
  private static Path whole;

  /** The work that a process is in when it is killed. */
  private enum Work {
    UPDATE,
    VALIDATION,
    CHECKPOINT
  }

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    fine(line("whole"));
    whole = folder.resolve("whole");
  }

  /**
   * Everything that a training remembers: noise, replay buffers, averages, a monitor's patience.
   */
  private static String[] line(String out) {
    return line(out, STEPS);
  }

  private static String[] line(String out, int steps) {
    List<String> line = new ArrayList<>(Arrays.asList(tiny.train(out)));
    for (String set :
        List.of(
            "backend={name: tensorflow, interThreads: 1, intraThreads: 1}",
            "training.steps=" + steps,
            "schedule.decaySteps=" + STEPS,
            "training.validateEvery=" + VALIDATE_EVERY,
            "training.checkpointEvery=" + CHECKPOINT_EVERY,
            "training.accumulate=2",
            "training.logEvery=1",
            "training.emaDecay=0.9",
            "monitors=[{name: early-stopping, patience: 1000}]",
            "regularizers=[{name: langevin, sigma: 0.1}, {name: replay, capacity: 7}]")) {
      line.addAll(List.of("--set", set));
    }
    return line.toArray(String[]::new);
  }

  @Test
  void isTheOneThatWasLeftAlone() throws IOException, InterruptedException {
    Random random = new Random(33);
    Map<Work, Integer> killed = new TreeMap<>();
    int runs = 1;
    int kills = 0;
    while (kills < KILLS && runs < MOST_RUNS) {
      Work work = Work.values()[kills % Work.values().length];
      if (killed(folder.resolve("run" + runs), work, random)) {
        killed.merge(work, 1, Integer::sum);
        kills++;
      } else {
        assertSameAsWhole(folder.resolve("run" + runs));
        runs++;
      }
    }

    assertThat(kills).as("in %d runs: %s", runs, killed).isEqualTo(KILLS);
    Path last = folder.resolve("run" + runs);
    if (!Files.exists(last.resolve(LAST))) {
      fine(goOn(last));
    }
    assertSameAsWhole(last);
    System.out.println(kills + " kills in " + runs + " runs: " + killed);
  }

  /** Goes on in a process that is killed in some work; false if it came to its end before that. */
  private static boolean killed(Path run, Work work, Random random)
      throws IOException, InterruptedException {
    // What the one before has left, killed like this one, is no sign that this one has arrived.
    long from = reached(run);
    List<String> left = names(run.resolve("checkpoints"));
    long aim = from + 1 + random.nextInt(2 * CHECKPOINT_EVERY);
    try (EbtProcess process = EbtProcess.start(folder, goOn(run))) {
      while (process.isAlive() && !arrived(run, work, aim, left)) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(4));
      process.kill();
      return process.exitCode() != 0;
    }
  }

  private static boolean arrived(Path run, Work work, long aim, List<String> left)
      throws IOException {
    return switch (work) {
      case UPDATE -> reached(run) >= aim;
      case VALIDATION -> reached(run) >= (aim / VALIDATE_EVERY + 1) * VALIDATE_EVERY;
      case CHECKPOINT -> writes(run.resolve("checkpoints"), left);
    };
  }

  private static String[] goOn(Path run) {
    String name = run.getFileName().toString();
    return Files.exists(run.resolve("config.yaml")) ? tiny.resume(name) : line(name);
  }

  /** Whether a checkpoint has a temporary name, which it has until it is complete. */
  private static boolean writes(Path checkpoints, List<String> left) throws IOException {
    return names(checkpoints).stream()
        .anyMatch(name -> name.startsWith(".tmp-step-") && !left.contains(name));
  }

  private static List<String> names(Path of) throws IOException {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The last step among the metrics. */
  private static long reached(Path run) throws IOException {
    Path file = run.resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    return steps(file).stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static List<Long> steps(Path file) throws IOException {
    return STEP.matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> Long.parseLong(found.group(1)))
        .toList();
  }

  /** Parameters, averages, replay buffers, monitors, and the metrics, which have each step once. */
  private static void assertSameAsWhole(Path run) throws IOException {
    assertThat(steps(run.resolve("metrics.jsonl"))).hasSize(STEPS).doesNotHaveDuplicates();
    assertThat(Tiny.metrics(run)).isEqualTo(Tiny.metrics(whole));
    assertThat(run.resolve(LAST + "/progress.json"))
        .content()
        .contains("monitor.early-stopping.least");
    for (String file :
        List.of(
            "model.safetensors", "optimizer.safetensors", "memory.safetensors", "progress.json")) {
      assertThat(run.resolve(LAST).resolve(file))
          .hasSameBinaryContentAs(whole.resolve(LAST).resolve(file));
    }
    assertThat(names(run.resolve("checkpoints")))
        .containsExactlyInAnyOrderElementsOf(names(whole.resolve("checkpoints")));
  }

  @Test
  void isInUseUntilItsProcessIsDead() throws IOException, InterruptedException {
    Path run = folder.resolve("used");
    try (EbtProcess process = EbtProcess.start(folder, line("used", 1_000_000))) {
      process.await(() -> Files.exists(run.resolve("config.yaml")));

      assertThat(refusal(tiny.resume("used")))
          .contains(run + " is in use by another training, process " + process.number() + "; wait")
          .contains("or end it by Ctrl-C, which saves");

      process.kill();
      process.exitCode();
    }
    fine(tiny.resume("used", "--set", "training.steps=" + STEPS));
    assertSameAsWhole(run);
  }
}
