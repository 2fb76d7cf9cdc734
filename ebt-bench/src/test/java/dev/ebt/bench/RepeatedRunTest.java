package dev.ebt.bench;

import static dev.ebt.bench.Commands.ebt;
import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that print what a run depends on, and repeat it. */
class RepeatedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Tiny tiny;
  private Path run;

  @BeforeEach
  void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run");
  }

  private void replace(String file, String pattern, String replacement) throws IOException {
    Path path = run.resolve(file);
    String changed = Files.readString(path).replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(Files.readString(path));
    Files.writeString(path, changed);
  }

  @Test
  void aRunIsRepeatedToTheSameNumbersInANewFolder() throws IOException {
    Commands replay = fine("replay", run.toString());
    assertThat(replay.out())
        .isEqualTo(
            "4 updates repeated in "
                + run
                + "-replay, 6 lines of metrics compared: the numbers are the same"
                + System.lineSeparator());
    assertThat(replay.err()).doesNotContain("ebt: ");
    assertThat(Tiny.metrics(folder.resolve("run-replay"))).isEqualTo(Tiny.metrics(run));
  }

  @Test
  void theFirstUpdatesAloneAreRepeatedOnRequest() throws IOException {
    JsonNode replay =
        JSON.readTree(
            fine("replay", run.toString(), "--steps", "2", "--out", tiny.path("two"), "--json")
                .out());
    assertThat(replay.path("updates").asInt()).isEqualTo(2);
    assertThat(replay.path("lines").asInt()).isEqualTo(3);
    assertThat(replay.path("agree").asBoolean()).isTrue();
    assertThat(folder.resolve("two/checkpoints/step-00000002")).exists();
  }

  @Test
  void aRepetitionThatEndsEarlyHasNotAgreed() throws IOException {
    replace(
        "config.yaml",
        "monitors: \\[\\]",
        "monitors: [{name: early-stopping, patience: 1, improvement: 1000}]");
    replace("config.yaml", "validateEvery: 2", "validateEvery: 1");
    Commands replay = ebt("replay", run.toString());
    assertThat(replay.code()).isEqualTo(1);
    assertThat(replay.out()).contains("stopped early: ").contains(" of 4 updates repeated in ");
  }

  @Test
  void theFolderIsBesideARunThatIsNamedByADot() {
    String dotted = run.resolve("checkpoints/..").toString();
    assertThat(fine("replay", dotted).out()).contains("4 updates repeated in " + run + "-replay,");
  }

  @Test
  void otherWeightsToStartFromAreSaid() {
    fine(tiny.train("tuned", "--from", run.toString()));
    fine(tiny.resume("run", "--set", "training.steps=6"));
    assertThat(ebt("replay", tiny.path("tuned")).err())
        .containsPattern("changed: from: step 4, last [0-9a-f]+ then, step 6, last [0-9a-f]+ now");
  }

  @Test
  void aDifferenceIsNamedAndCountsAsFailure() throws IOException {
    replace("metrics.jsonl", "(\"step\":3,\"loss\":)", "$11");
    Commands replay = ebt("replay", run.toString());
    assertThat(replay.code()).isEqualTo(1);
    assertThat(replay.out())
        .containsPattern("they differ\\. First after update 3: loss was 1\\S+ and is \\S+ \\(rel");
    assertThat(ebt("replay", run.toString(), "--tolerance", "1e9").code()).isZero();
  }

  @Test
  void changedDataAndVersionsAreSaidFirst() throws IOException {
    replace("history.jsonl", "\"version\":\"[^\"]*\"", "\"version\":\"0.0.1\"");
    Files.writeString(folder.resolve("text.txt"), "another text than before\n".repeat(40));
    Commands replay = ebt("replay", run.toString());
    assertThat(replay.code()).isEqualTo(1);
    assertThat(replay.err().lines().toList().subList(0, 2))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("ebt: changed: version: 0.0.1 then, "),
            line -> assertThat(line).matches("ebt: changed: data: \\S+ then, \\S+ now"));
  }

  @Test
  void aResumptionWithOtherSettingsIsNoted() {
    fine(tiny.resume("run", "--set", "training.steps=6", "--set", "training.clip=0.5"));
    assertThat(ebt("replay", run.toString()).err())
        .contains("ebt: note: the run was resumed after update 4 with other settings; those of");
  }

  @Test
  void aRunThatProcessesHaveSharedIsRepeatedByOne() throws IOException {
    replace("history.jsonl", "\"processes\":\"1\"", "\"processes\":\"2\"");
    assertThat(fine("replay", run.toString()).err())
        .doesNotContain("ebt: changed:")
        .contains("ebt: note: 2 processes have shared the run and one repeats it");
  }

  @Test
  void aRunOfAnOlderVersionHasNoProvenance() throws IOException {
    Files.delete(run.resolve("history.jsonl"));
    assertThat(fine("replay", run.toString()).err())
        .contains("ebt: note: the run has no recorded provenance: it is of an older version");
  }

  @Test
  void whatCannotBeRepeatedIsRefused() throws IOException {
    assertThat(refusal("replay", tiny.path("missing"))).contains("missing: no such run");
    assertThat(refusal("replay", run.toString(), "--steps", "0")).contains("--steps is 0");
    assertThat(refusal("replay", run.toString(), "--out", run.toString()))
        .contains(run + " already exists");
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1,\"lo");
    assertThat(refusal("replay", run.toString()))
        .contains("has no metrics to compare with: metrics.jsonl is missing or has no update");
  }

  @Test
  void infoPrintsWhatACheckpointKnows() throws IOException {
    String out = fine("info", run.toString()).out();
    assertThat(out)
        .contains("run                " + run + ", step 4, 8 rows")
        .containsPattern("\nstate +complete\n")
        .containsPattern("\nseed +33\n")
        .containsPattern("\nprocesses +1\n")
        .containsPattern("\ndata +text [0-9a-f]{64}\n")
        .containsPattern("\ncommit +(unknown|[0-9a-f]{40}(\\+changes)?)\n")
        .containsPattern("\njava +\\d+")
        .containsPattern("\nprocessor +\\S")
        .containsPattern("\nbackend device +processor, plain Java\n");
    JsonNode json = JSON.readTree(fine("info", run.toString(), "--json").out());
    Map<?, ?> provenance = JSON.convertValue(json.path("provenance"), Map.class);
    JsonNode begin = json.path("trainings").path(0);
    assertThat(json.path("trainings")).hasSize(2);
    provenance.forEach(
        (name, value) ->
            assertThat(begin.path(name.toString()).asText())
                .as("%s", name)
                .isEqualTo(value.toString()));
    assertThat(fine("info", run.toString(), "--checkpoint", "2").out()).contains("step 2, 4 rows");
  }

  @Test
  void infoOfARunWithoutACheckpointIsWhatItBeganWith() throws IOException {
    Files.move(run.resolve("checkpoints"), folder.resolve("elsewhere"));
    assertThat(fine("info", run.toString()).out())
        .contains("run                " + run + ", no checkpoint")
        .containsPattern("\nprocessor +\\S");
    assertThat(refusal("info", run.toString(), "--checkpoint", "2")).contains("no complete");
  }

  @Test
  void anExportedModelKeepsItsProvenance() {
    fine("export", run.toString(), "--out", tiny.path("model"));
    assertThat(fine("info", tiny.path("model")).out())
        .containsPattern("\nprocessor +\\S")
        .doesNotContain("state");
  }

  @Test
  void anExportedModelHasNoStatesOfMonitors() throws IOException {
    fine("export", run.toString(), "--out", tiny.path("alone"));
    String monitor = "\"monitor.";
    assertThat(Files.readString(Path.of(tiny.path("alone"), "progress.json")))
        .contains("figures")
        .doesNotContain(monitor);
    assertThat(Files.readString(run.resolve("checkpoints/step-00000004/progress.json")))
        .contains(monitor);
  }
}
