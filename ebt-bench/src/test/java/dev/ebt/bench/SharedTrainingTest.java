package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static dev.ebt.bench.SharedRuns.ACCUMULATED;
import static dev.ebt.bench.SharedRuns.LAST;
import static dev.ebt.bench.SharedRuns.TOLERANCE;
import static dev.ebt.bench.SharedRuns.and;
import static dev.ebt.bench.SharedRuns.assertSame;
import static dev.ebt.bench.SharedRuns.inThreads;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that several processes share is the one of a single process that accumulates.
 * Processes take long to start, so that they are threads of this one, and several tests look at the
 * same runs.
 */
class SharedTrainingTest {
  /** The updates in which rounding does not matter yet: thinking that goes on raises it. */
  private static final int ALIKE = 15;

  private static final String EARLIER = "20";

  private static final String REPLAY = "regularizers=[{name: replay, capacity: 8, fraction: 1}]";
  @TempDir static Path folder;
  private static SharedRuns runs;
  private static Tiny tiny;

  @BeforeAll
  static void train() throws IOException {
    runs = SharedRuns.in(folder);
    tiny = runs.tiny();
    fine(and(runs.line("alone", ACCUMULATED), "--set", REPLAY));
    inThreads(and(runs.line("two"), "--set", REPLAY));
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

  @Test
  void twoProcessesValidateWhatOneValidates() throws IOException {
    List<Double> expected = runs.validations("alone");
    List<Double> found = runs.validations("two");
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
  }

  @Test
  void twoProcessesTrainWhatOneTrains() throws IOException {
    assertSame(runs.losses("two").subList(0, ALIKE), runs.losses("alone").subList(0, ALIKE));
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
    List<Double> expected = runs.losses("two").subList(from, from + ALIKE);
    List<Double> found = runs.losses("fewer").subList(from, from + ALIKE);
    assertThat(found.get(0)).isEqualTo(expected.get(0));
    for (int i = 0; i < ALIKE; i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), withinPercentage(TOLERANCE));
    }
    assertThat(rows("fewer")).isEqualTo(rows("two"));
  }

  @Test
  void twoProcessesGoOnAsIfTheyHadNotStopped() throws IOException {
    inThreads(tiny.resume(copy("again"), "--checkpoint", EARLIER));
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
  void localUpdatesAreResumedBitForBit() throws IOException {
    inThreads(and(runs.line("local", "training.localSteps=5"), "--set", REPLAY));
    assertThat(runs.losses("local")).isNotEqualTo(runs.losses("two"));
    inThreads(tiny.resume(copy("local", "later"), "--checkpoint", EARLIER));
    assertSameFiles("later", "local");
  }

  @Test
  void processesThatDifferAreRefusedByName() {
    String cluster = String.join(",", ProcessGroupContract.addresses(2));
    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () ->
                refusal(
                    and(
                        runs.line("differ", "model.width=16"),
                        "--cluster",
                        cluster,
                        "--rank",
                        "1")),
            work -> new Thread(work).start());
    String why =
        "ebt: process 1 differs from process 0 in model.width: 16 there, 8 here; start all"
            + " processes with the same program, configuration and data";
    assertThat(refusal(and(runs.line("differ"), "--cluster", cluster, "--rank", "0")))
        .contains(why);
    assertThat(other.join()).contains(why);
    assertThat(folder.resolve("differ")).doesNotExist();
  }

  @Test
  void theFirstProcessMeasuresTheStepSize() throws IOException {
    fine(runs.line("measured", and(ACCUMULATED, "thinking.stepSize=auto")));
    inThreads(runs.line("given", "thinking.stepSize=auto"));
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
      String[] line = runs.line("x", "training.batch=" + rows);
      assertThat(refusal(and(line, "--cluster", "127.0.0.1:1,127.0.0.1:2", "--rank", "0")))
          .contains(
              "2 processes cannot share the rows of an update equally: training.batch is " + rows)
          .contains("Set training.accumulate to a multiple of 2");
    }
  }
}
