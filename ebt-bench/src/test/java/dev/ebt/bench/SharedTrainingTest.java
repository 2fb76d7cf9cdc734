package dev.ebt.bench;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.config.Origin;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.SharedBatches;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.testing.ProcessGroupContract;
import dev.ebt.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that several processes share is the one of a single process that accumulates.
 * Processes take long to start, so that most of them are threads of this one, and several tests
 * look at the same runs.
 */
class SharedTrainingTest {
  private static final int STEPS = 40;
  private static final String LAST = "checkpoints/step-000000" + STEPS;

  /** The updates in which rounding does not matter yet: thinking that goes on raises it. */
  private static final int ALIKE = 15;

  private static final String EARLIER = "20";

  /** In seconds: a process that is killed is noticed without it. */
  private static final String DAY = "86400";

  private static final String REPLAY = "regularizers=[{name: replay, capacity: 8, fraction: 1}]";
  private static final String[] ACCUMULATED = {"training.batch=1", "training.accumulate=2"};
  private static final Pattern LOSS = Pattern.compile("\\{\"step\":[0-9]+,\"loss\":([-0-9.E]+)");
  private static final Pattern VALIDATION = Pattern.compile("\"validation.loss\":([-0-9.E]+)");
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
    fine(and(line("alone", ACCUMULATED), "--set", REPLAY));
    inThreads(and(line("two"), "--set", REPLAY))
        .forEach(done -> assertThat(done.code()).as(done.err()).isZero());
  }

  private static String[] line(String out, String... settings) {
    List<String> line = new ArrayList<>(Arrays.asList(tiny.train(out)));
    List<String> all =
        new ArrayList<>(
            List.of(
                "backend={name: tensorflow, interThreads: 1, intraThreads: 1}",
                "training.steps=" + STEPS,
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
  private static void assertSame(List<Double> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    assertThat(found.get(0)).isEqualTo(expected.get(0));
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i))
          .as("update %d", i + 1)
          .isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
    int last = found.size() - 1;
    assertThat(expected.get(last)).isNotCloseTo(expected.get(0), withinPercentage(10 * TOLERANCE));
  }

  /** The rows in the replay buffers of the last checkpoint, whose candidates are rounded. */
  private static Map<String, Array> rows(String run) {
    Map<String, Array> rows = new TreeMap<>();
    Safetensors.read(folder.resolve(run).resolve(LAST).resolve("memory.safetensors"))
        .tensors()
        .forEach(
            (name, array) -> {
              if (array.type() == ElementType.INTEGER) {
                rows.put(name, array);
              }
            });
    return rows;
  }

  /** Runs a command as two processes that are threads of this one. */
  private static List<Commands> inThreads(String... line) {
    String cluster = String.join(",", ProcessGroupContract.addresses(2));
    return Stream.of("0", "1")
        .map(
            rank ->
                CompletableFuture.supplyAsync(
                    () -> ebt(and(line, "--cluster", cluster, "--rank", rank)),
                    work -> new Thread(work).start()))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static void together(String... line) throws IOException, InterruptedException {
    try (EbtProcess process = EbtProcess.start(folder, and(line, "--processes", "2"))) {
      assertThat(process.exitCode()).as(process.errors()).isZero();
      assertThat(process.errors()).contains("processes 2, with 1 batch of 1 row each per update");
    }
  }

  @Test
  void twoProcessesValidateWhatOneValidates() throws IOException {
    List<Double> expected = numbers("alone", VALIDATION);
    List<Double> found = numbers("two", VALIDATION);
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
  }

  @Test
  void twoProcessesTrainWhatOneTrains() throws IOException {
    assertSame(losses("two").subList(0, ALIKE), losses("alone").subList(0, ALIKE));
    assertThat(rows("alone")).hasSize(2 * 8).isEqualTo(rows("two"));
    assertThat(folder.resolve("two/config.yaml"))
        .content()
        .contains("accumulate: 2")
        .contains("batch: 1");
    assertThat(folder.resolve("two/history.jsonl")).content().contains("\"processes\":\"2\"");
    assertThat(folder.resolve("two").resolve(LAST).resolve("progress.json"))
        .content()
        .containsPattern("\"processes\" ?: ?\"2\"");
  }

  /** Copies the run of two processes. */
  private static String copy(String name) throws IOException {
    return copy("two", name);
  }

  private static String copy(String run, String name) throws IOException {
    Path from = folder.resolve(run);
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return name;
  }

  @Test
  void oneProcessGoesOnWhereTwoStopped() throws IOException {
    fine(tiny.resume(copy("fewer"), "--checkpoint", EARLIER));
    int from = Integer.parseInt(EARLIER);
    List<Double> expected = losses("two").subList(from, from + ALIKE);
    List<Double> found = losses("fewer").subList(from, from + ALIKE);
    assertThat(found.get(0)).isEqualTo(expected.get(0));
    for (int i = 0; i < ALIKE; i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
    assertThat(rows("fewer")).isEqualTo(rows("two"));
  }

  @Test
  void twoProcessesGoOnAsIfTheyHadNotStopped() throws IOException, InterruptedException {
    together(tiny.resume(copy("again"), "--checkpoint", EARLIER));
    assertSameFiles("again", "two");
  }

  private static void assertSameFiles(String run, String expected) throws IOException {
    assertThat(Tiny.metrics(folder.resolve(run))).isEqualTo(Tiny.metrics(folder.resolve(expected)));
    for (String file : List.of("model.safetensors", "memory.safetensors")) {
      assertThat(folder.resolve(run).resolve(LAST).resolve(file))
          .hasSameBinaryContentAs(folder.resolve(expected).resolve(LAST).resolve(file));
    }
  }

  @Test
  void localUpdatesAreResumedBitForBit() throws IOException, InterruptedException {
    inThreads(and(line("local", "training.localSteps=5"), "--set", REPLAY))
        .forEach(done -> assertThat(done.code()).as(done.err()).isZero());
    assertThat(losses("local")).isNotEqualTo(losses("two"));
    together(tiny.resume(copy("local", "later"), "--checkpoint", EARLIER));
    assertSameFiles("later", "local");
  }

  @Test
  void aKilledProcessStopsAllAndTheLastUpdateIsSaved() throws IOException, InterruptedException {
    List<String> addresses = ProcessGroupContract.addresses(2);
    String[] shared =
        and(line("killed"), "--process-timeout", DAY, "--cluster", String.join(",", addresses));
    try (EbtProcess first = EbtProcess.start(folder, and(shared, "--rank", "0"));
        EbtProcess other = EbtProcess.start(folder, and(shared, "--rank", "1"))) {
      first.await(() -> reached("killed") >= 12);
      other.kill();

      assertThat(first.exitCode()).isEqualTo(2);
      assertThat(first.errors()).contains("ebt: process 1 (" + addresses.get(1) + ") ");
      Matcher stopped =
          Pattern.compile("The training has stopped after update ([0-9]+); resume it with --resume")
              .matcher(first.errors());
      assertThat(stopped.find()).as(first.errors()).isTrue();
      assertThat(folder.resolve("killed/checkpoints/step-000000" + stopped.group(1))).exists();
    }
    fine(tiny.resume("killed"));
    assertSame(losses("killed"), plain());
  }

  /** The losses of one process without replay buffers that nobody kills. */
  private static List<Double> plain() throws IOException {
    if (!Files.exists(folder.resolve("plain"))) {
      fine(line("plain", ACCUMULATED));
    }
    return losses("plain");
  }

  @Test
  void aProcessKilledWhileAllValidateLeavesTheValidationToTheFirst()
      throws IOException, InterruptedException {
    String text = Files.readString(folder.resolve("text.txt"));
    String data = tiny.write("long.txt", text + "the rows that are validated\n".repeat(2000));
    List<String> addresses = ProcessGroupContract.addresses(2);
    String[] shared =
        and(
            line("validating", "data.path=" + data, "training.validationRows=500"),
            "--process-timeout",
            DAY,
            "--cluster",
            String.join(",", addresses));
    try (EbtProcess first = EbtProcess.start(folder, and(shared, "--rank", "0"));
        EbtProcess other = EbtProcess.start(folder, and(shared, "--rank", "1"))) {
      first.await(() -> reached("validating") == 20);
      other.kill(); // The shares of both take much longer than this.
      assertThat(numbers("validating", VALIDATION)).isEmpty();

      assertThat(first.exitCode()).isEqualTo(2);
      assertThat(first.errors()).contains("The training has stopped after update 20; resume it");
    }
    assertThat(numbers("validating", VALIDATION)).hasSize(1);
    fine(tiny.resume("validating"));
    assertThat(numbers("validating", VALIDATION)).hasSize(2);
    assertThat(losses("validating")).hasSize(STEPS);
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
  void processesThatDifferAreRefusedByName() {
    String cluster = String.join(",", ProcessGroupContract.addresses(2));
    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () ->
                refusal(and(line("differ", "model.width=16"), "--cluster", cluster, "--rank", "1")),
            work -> new Thread(work).start());
    String why =
        "ebt: process 1 differs from process 0 in model.width: 16 there, 8 here; start all"
            + " processes with the same program, configuration and data";
    assertThat(refusal(and(line("differ"), "--cluster", cluster, "--rank", "0"))).contains(why);
    assertThat(other.join()).contains(why);
    assertThat(folder.resolve("differ")).doesNotExist();
  }

  @Test
  void theFirstProcessMeasuresTheStepSize() throws IOException {
    fine(line("measured", and(ACCUMULATED, "thinking.stepSize=auto")));
    inThreads(line("given", "thinking.stepSize=auto"))
        .forEach(done -> assertThat(done.code()).as(done.err()).isZero());
    String size = "stepSize: +[0-9][^ ,}\n]*";
    assertThat(found(size, "given")).isEqualTo(found(size, "measured")).isNotEmpty();
  }

  private static List<String> found(String pattern, String run) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(folder.resolve(run).resolve("config.yaml")))
        .results()
        .map(MatchResult::group)
        .toList();
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
  void rowsThatCannotBeSharedAsTheyAreSetAreRefused() {
    for (String rows : List.of("3", "4")) {
      String[] line = line("x", "training.batch=" + rows);
      assertThat(refusal(and(line, "--cluster", "127.0.0.1:1,127.0.0.1:2", "--rank", "0")))
          .contains(
              "2 processes cannot share the rows of an update equally: training.batch is " + rows)
          .contains("Set training.accumulate to a multiple of 2");
    }
  }
}
