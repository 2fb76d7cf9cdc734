package dev.ebt.bench;

import static dev.ebt.bench.Commands.ebt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.testing.ProcessGroupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Small trainings that processes share, on TensorFlow, and what they have written. */
final class SharedRuns {
  static final int STEPS = 40;
  static final String LAST = "checkpoints/step-000000" + STEPS;

  /** The settings of one process that has the batches of two. */
  static final String[] ACCUMULATED = {"training.batch=1", "training.accumulate=2"};

  private static final Pattern VALIDATION = Pattern.compile("\"validation.loss\":([-0-9.E]+)");

  /**
   * In percent: what processes sum is rounded in another order than what one accumulates, and AdamW
   * raises small differences from one update to the next.
   */
  static final double TOLERANCE = 1;

  private static final Pattern LOSS = Pattern.compile("\\{\"step\":[0-9]+,\"loss\":([-0-9.E]+)");
  private static final Pattern STEP = Pattern.compile("\\{\"step\":([0-9]+),\"loss\"");

  private final Path folder;
  private final Tiny tiny;

  private SharedRuns(Path folder, Tiny tiny) {
    this.folder = folder;
    this.tiny = tiny;
  }

  /** Returns the runs of a folder, which has none yet. */
  static SharedRuns in(Path folder) throws IOException {
    return new SharedRuns(folder, Tiny.in(folder));
  }

  /** Returns the configuration and data of the runs. */
  Tiny tiny() {
    return tiny;
  }

  /** Returns the command line that trains, with settings in place of those of all runs. */
  String[] line(String out, String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(
                "backend={name: tensorflow, interThreads: 1, intraThreads: 1}",
                "training.steps=" + STEPS,
                "training.validateEvery=20",
                "training.checkpointEvery=10",
                "schedule.decaySteps=" + STEPS),
            Stream.of(settings))
        .forEach(setting -> all.put(setting.substring(0, setting.indexOf('=')), setting));
    List<String> line = new ArrayList<>(Arrays.asList(tiny.train(out)));
    all.values().forEach(setting -> line.addAll(List.of("--set", setting)));
    return line.toArray(String[]::new);
  }

  /** Returns a command line with more at its end. */
  static String[] and(String[] line, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(line));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Runs a command as two processes that are threads of this one, until both have succeeded. */
  static void inThreads(String... line) {
    String cluster = String.join(",", ProcessGroupContract.addresses(2));
    Stream.of("0", "1")
        .map(
            rank ->
                CompletableFuture.supplyAsync(
                    () -> ebt(and(line, "--cluster", cluster, "--rank", rank)),
                    work -> new Thread(work).start()))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .forEach(done -> assertThat(done.code()).as(done.err()).isZero());
  }

  /** Returns the losses of the updates. */
  List<Double> losses(String run) throws IOException {
    return numbers(run, LOSS);
  }

  /** Returns the losses of the validations. */
  List<Double> validations(String run) throws IOException {
    return numbers(run, VALIDATION);
  }

  /** Returns the last update of a run that is written; 0 if there is none. */
  long reached(String run) {
    try {
      return numbers(run, STEP).stream().mapToLong(Double::longValue).max().orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private List<Double> numbers(String run, Pattern pattern) throws IOException {
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
  static void assertSame(List<Double> found, List<Double> expected) {
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
}
