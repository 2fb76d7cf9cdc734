package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that follows trainings. */
@Timeout(60)
class WatchCommandTest {
  @TempDir private Path folder;
  private Tiny tiny;

  @BeforeEach
  void write() throws IOException {
    tiny = Tiny.in(folder);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void aFinishedRunIsShownWithItsLastMetrics() {
    Path run = tiny.trained("run");
    Commands watched = fine("watch", run.toString(), "--past", "2");
    assertThat(watched.err()).isEmpty();
    List<String> lines = watched.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .matches(
            "4/4  \\S+/s  0 s left  loss \\d+\\.\\d{3}  energy gap -?\\d+\\.\\d{3}  α \\S+"
                + "  gradient \\S+  64 tokens");
    assertThat(lines.get(1)).matches("4/4  validation \\d+\\.\\d{3}.*  energy .*");
    assertThat(lines.get(2)).isEqualTo("finished: all 4 updates are done");
  }

  @Test
  void aRunThatDoesNotExistYetIsWaitedForAndFollowedToItsEnd() throws Exception {
    String run = tiny.path("later");
    CompletableFuture<Commands> watch =
        CompletableFuture.supplyAsync(() -> Commands.ebt("watch", run, "--past", "100", "--json"));
    tiny.trained("later");
    Commands watched = watch.get();
    assertThat(watched.code()).isZero();
    assertThat(watched.err()).isEmpty();
    List<Integer> steps = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (String line : watched.out().lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      assertThat(event.path("run").asText()).isEqualTo(run);
      events.add(event.path("event").asText());
      if (event.path("metrics").has("loss")) {
        steps.add(event.path("metrics").path("step").asInt());
      }
    }
    assertThat(steps).containsExactly(1, 2, 3, 4);
    assertThat(events).endsWith("metrics", "end");
  }

  @Test
  void severalRunsAreToldApart() {
    Path one = tiny.trained("one");
    Path two = tiny.trained("two");
    Commands watched = fine("watch", one.toString(), two.toString(), "--past", "1");
    assertThat(watched.out().lines().filter(line -> line.startsWith(one + "  "))).hasSize(2);
    assertThat(watched.out().lines().filter(line -> line.startsWith(two + "  "))).hasSize(2);
  }

  @Test
  void aProcessThatWasKilledIsToldFromOneThatEnded() throws Exception {
    Path run = folder.resolve("killed");
    try (EbtProcess training =
        EbtProcess.start(folder, tiny.train("killed", "--set", "training.steps=100000"))) {
      training.await(() -> Files.exists(run.resolve("checkpoints/step-00000002/progress.json")));
      assertThat(RunStatus.of(run).phase()).isEqualTo(RunStatus.Phase.TRAINING);
      training.kill();
      assertThat(training.exitCode()).isNotZero();
    }
    Commands watched = Commands.ebt("watch", run.toString());
    assertThat(watched.code()).isEqualTo(1);
    assertThat(watched.out())
        .containsPattern(
            "died: its process is gone after step \\d+; step \\d+ of 100000 is saved\\."
                + " Resume with: \\./ebt train --resume "
                + run);
  }

  @Test
  void aTrainingThatDivergedIsSaidToHaveFailed() {
    assertThat(Commands.ebt(tiny.train("bad", "--set", "training.learningRate=1e300")).code())
        .isEqualTo(2);
    Commands watched = Commands.ebt("watch", tiny.path("bad"));
    assertThat(watched.code()).isEqualTo(1);
    assertThat(watched.out()).contains("failed: ", "training has diverged");
  }

  @Test
  void damagedMetricsAreLeftOutWithOneMessageEach() throws IOException {
    Path run = tiny.trained("run");
    append(
        run.resolve("metrics.jsonl"),
        "damaged\nagain\n{\"step\":\"\\u001b[2J\"}\n{\"step\":4,\"loss\":\"NaN\",\"lastEnergy\":\"-Infinity\"}\n{\"step\":5,\"lo");
    Commands watched = fine("watch", run.toString());
    assertThat(watched.out()).contains("4/4  loss NaN\n");
    assertThat(watched.err().lines())
        .containsExactly(
            "ebt: "
                + run
                + ": metrics.jsonl has lines that are no JSON objects with a step; they are left"
                + " out",
            "ebt: "
                + run
                + ": the last line of metrics.jsonl is incomplete, as of a process that was"
                + " killed");
  }

  @Test
  void aRunWithoutHistoryIsOneOfAnOlderVersion() throws IOException {
    Path run = tiny.trained("run");
    Files.delete(run.resolve("history.jsonl"));
    assertThat(RunStatus.of(run).phase()).isEqualTo(RunStatus.Phase.COMPLETE);
    Path config = run.resolve("config.yaml");
    Files.writeString(
        config, Files.readString(config).replaceAll("(?m)^  steps: 4$", "  steps: 9"));
    assertThat(fine("watch", run.toString()).out())
        .contains("no process trains it; step 4 of 9 is saved. Resume with: ");
  }

  @Test
  void whatIsNoRunIsRefused() throws IOException {
    assertThat(refusal("watch", folder.toString())).contains("is not a run: it has no config.yaml");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("config.yaml"), "model: old\n");
    assertThat(refusal("watch", other.toString()))
        .contains("config.yaml: training.steps is missing; this is not the configuration of a run");
    assertThat(refusal("watch", tiny.path("x"), "--past", "-1")).contains("--past is -1");
  }
}
