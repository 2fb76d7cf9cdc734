package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.config.Origin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.SharedBatches;
import dev.ebt.run.TrainingRequest;
import dev.ebt.testing.ProcessGroupContract;
import dev.ebt.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that several processes share is the one of a single process that accumulates. */
class SharedTrainingTest {
  private static final int STEPS = 60;
  private static final Pattern LOSS = Pattern.compile("\\{\"step\":[0-9]+,\"loss\":([-0-9.E]+)");
  private static final Pattern STEP = Pattern.compile("\\{\"step\":([0-9]+),\"loss\"");

  /**
   * In percent: what processes sum is rounded in another order than what one accumulates, and AdamW
   * raises small differences from one update to the next.
   */
  private static final double TOLERANCE = 1;

  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    tiny = Tiny.in(folder);
    fine(line("alone", "training.batch=1", "training.accumulate=2"));
    together(line("two"));
  }

  private static String[] line(String out, String... settings) {
    return line(STEPS, out, settings);
  }

  private static String[] line(int steps, String out, String... settings) {
    List<String> line = new ArrayList<>(Arrays.asList(tiny.train(out)));
    List<String> all =
        new ArrayList<>(
            List.of(
                "backend={name: tensorflow, interThreads: 1, intraThreads: 1}",
                "training.steps=" + steps,
                "training.validateEvery=20",
                "training.checkpointEvery=10",
                "schedule.decaySteps=" + STEPS));
    all.addAll(List.of(settings));
    all.forEach(set -> line.addAll(List.of("--set", set)));
    return line.toArray(String[]::new);
  }

  private static String[] and(String[] line, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(line));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static List<Double> losses(String run) throws IOException {
    return numbers(run, LOSS);
  }

  private static List<Double> numbers(String run, Pattern pattern) throws IOException {
    Path metrics = folder.resolve(run).resolve("metrics.jsonl");
    return Files.exists(metrics)
        ? pattern
            .matcher(Files.readString(metrics))
            .results()
            .map((MatchResult found) -> Double.parseDouble(found.group(1)))
            .toList()
        : List.of();
  }

  /** The same up to rounding: the first update to the last bit, as nothing is summed before it. */
  private static void assertSameAsAlone(String run) throws IOException {
    List<Double> expected = losses("alone");
    assertThat(expected).hasSize(STEPS);
    List<Double> found = losses(run);
    assertThat(found).hasSize(STEPS);
    assertThat(found.get(0)).isEqualTo(expected.get(0));
    for (int i = 0; i < STEPS; i++) {
      assertThat(found.get(i))
          .as("update %d", i + 1)
          .isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
    assertThat(expected.get(STEPS - 1))
        .isNotCloseTo(expected.get(0), withinPercentage(10 * TOLERANCE));
  }

  private static void together(String... line) throws IOException, InterruptedException {
    try (EbtProcess process = EbtProcess.start(folder, and(line, "--processes", "2"))) {
      assertThat(process.exitCode()).as(process.errors()).isZero();
      assertThat(process.errors()).contains("processes 2, with 1 batch of 1 row each per update");
    }
  }

  @Test
  void twoProcessesTrainWhatOneTrains() throws IOException {
    assertSameAsAlone("two");
    assertThat(folder.resolve("two/config.yaml"))
        .content()
        .contains("accumulate: 2")
        .contains("batch: 1");
    assertThat(folder.resolve("two/history.jsonl")).content().contains("\"processes\":\"2\"");
    assertThat(folder.resolve("two/checkpoints/step-000000" + STEPS + "/progress.json"))
        .content()
        .containsPattern("\"processes\" ?: ?\"2\"");
  }

  @Test
  void oneProcessGoesOnWhereTwoStopped() throws IOException, InterruptedException {
    together(line(STEPS / 2, "fewer"));
    fine(tiny.resume("fewer", "--set", "training.steps=" + STEPS));
    assertSameAsAlone("fewer");
  }

  @Test
  void aKilledProcessStopsAllAndTheRunGoesOn() throws IOException, InterruptedException {
    List<String> addresses = ProcessGroupContract.addresses(2);
    String[] shared =
        and(line("killed"), "--process-timeout", "5", "--cluster", String.join(",", addresses));
    try (EbtProcess first = EbtProcess.start(folder, and(shared, "--rank", "0"));
        EbtProcess other = EbtProcess.start(folder, and(shared, "--rank", "1"))) {
      first.await(() -> reached("killed") >= 12);
      other.kill();

      assertThat(first.exitCode()).isEqualTo(2);
      assertThat(first.errors())
          .contains("ebt: process 1 (" + addresses.get(1) + ") ")
          .containsPattern("The training has stopped after update [0-9]+; resume it with --resume");
    }
    together(tiny.resume("killed"));
    assertThat(Tiny.metrics(folder.resolve("killed")))
        .isEqualTo(Tiny.metrics(folder.resolve("two")));
    String last = "checkpoints/step-000000" + STEPS + "/model.safetensors";
    assertThat(folder.resolve("killed").resolve(last))
        .hasSameBinaryContentAs(folder.resolve("two").resolve(last));
  }

  @Test
  void processesEndWithTheCommandThatStartedThem()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    String[] line = and(line("orphans", "training.steps=1000000"), "--processes", "2");
    try (EbtProcess command = EbtProcess.start(folder, line)) {
      ProcessHandle handle = ProcessHandle.of(command.number()).orElseThrow();
      command.await(() -> handle.children().count() == 2);
      List<ProcessHandle> children = handle.children().toList();
      command.kill();

      for (ProcessHandle child : children) {
        child.onExit().get(15, TimeUnit.MINUTES); // Its own end would be hours away.
      }
    }
  }

  private static long reached(String run) {
    try {
      return numbers(run, STEP).stream().mapToLong(Double::longValue).max().orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void processesThatDifferAreRefusedByName() throws IOException, InterruptedException {
    String cluster = String.join(",", ProcessGroupContract.addresses(2));
    String[] both = {"--cluster", cluster};
    try (EbtProcess first =
            EbtProcess.start(folder, and(and(line("differ"), both), "--rank", "0"));
        EbtProcess other =
            EbtProcess.start(
                folder, and(and(line("differ", "model.width=16"), both), "--rank", "1"))) {
      String why =
          "ebt: process 1 differs from process 0 in model.width: 16 there, 8 here; start all"
              + " processes with the same program, configuration and data";
      assertThat(first.exitCode()).as(first.errors()).isEqualTo(2);
      assertThat(first.errors()).contains(why);
      assertThat(other.exitCode()).isEqualTo(2);
      assertThat(other.errors()).contains(why);
    }
    assertThat(folder.resolve("differ")).doesNotExist();
  }

  /** The batch of a quick training is set already, and is cut all the same. */
  @Test
  void quickTrainingsAreSharedToo() {
    Catalog catalog = Plugins.discover(List.of());
    TrainingRequest quick = TrainingRequest.of("brackets", null).withQuick(true);
    int rows = quick.resolve(catalog).configuration().training().batch();

    TrainingSettings shared =
        SharedBatches.share(
                catalog, quick, quick.resolve(catalog), 2, Origin.option("--processes 2"))
            .resolve(catalog)
            .configuration()
            .training();

    assertThat(shared.accumulate()).isEqualTo(2);
    assertThat(shared.batch()).isEqualTo(rows / 2);
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertThat(refusal(tiny.train("x", "--processes", "0"))).contains("--processes is 0");
    assertThat(refusal(tiny.train("x", "--processes", "2", "--rank", "1"))).contains("remove it");
    assertThat(refusal(tiny.train("x", "--process-timeout", "2"))).contains("3 to 86400 seconds");
    assertThat(refusal(tiny.train("x", "--rank", "1"))).contains("--rank needs --cluster");
    assertThat(refusal(tiny.train("x", "--cluster", "a:1,b:2"))).contains("needs --rank");
    assertThat(refusal(tiny.train("x", "--cluster", "a:1,b", "--rank", "0")))
        .contains("'b' is no address of a process");
  }

  @Test
  void theReferenceBackendRefusesToShare() {
    assertThat(refusal(tiny.train("x", "--cluster", "127.0.0.1:1,127.0.0.1:2", "--rank", "0")))
        .contains("this backend trains in one process only");
  }

  @Test
  void replayBuffersAreRefusedBeforeAnythingIsWritten() {
    String[] line =
        and(
            line("replay", "regularizers=[{name: replay, capacity: 7}]"),
            "--cluster",
            "127.0.0.1:1,127.0.0.1:2",
            "--rank",
            "0");
    assertThat(refusal(line)).contains("one with a replay buffer");
    assertThat(folder.resolve("replay")).doesNotExist();
  }

  @Test
  void rowsThatCannotBeSharedAreRefused() {
    String[] line =
        and(line("x", "training.batch=3"), "--cluster", "127.0.0.1:1,127.0.0.1:2", "--rank", "0");
    assertThat(refusal(line))
        .contains("2 processes cannot share the rows of an update equally: training.batch is 3");
  }
}
