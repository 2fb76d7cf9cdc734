package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ebt report}: a page about runs, whatever state they are in. */
class ReportCommandTest {
  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  /** Returns a copy of the run without its checkpoints and with these metrics. */
  private static Path copy(String name, String metrics) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Files.copy(run.resolve("config.yaml"), copy.resolve("config.yaml"));
    Files.writeString(copy.resolve("metrics.jsonl"), metrics);
    return copy;
  }

  private static String page(Path... runs) throws IOException {
    Path out = folder.resolve("pages").resolve("report.html");
    String[] line = new String[runs.length + 5];
    line[0] = "report";
    for (int i = 0; i < runs.length; i++) {
      line[i + 1] = runs[i].toString();
    }
    line[runs.length + 1] = "--out";
    line[runs.length + 2] = out.toString();
    line[runs.length + 3] = "--rows";
    line[runs.length + 4] = "3";
    assertThat(fine(line).out()).startsWith(out.toString()).endsWith("MB\n");
    return Files.readString(out);
  }

  @Test
  void everyQuestionIsAnsweredForAFinishedRun() throws IOException {
    assertThat(page(run))
        .contains(
            "What is this?",
            "Was training stable?",
            "Does thinking help?",
            "What does thinking descend?",
            "Does the energy know when a prediction is wrong?",
            "3 validation examples");
  }

  @Test
  void aRunWithoutACheckpointHasItsCurvesOnly() throws IOException {
    String page = page(copy("begun", "{\"step\":1,\"loss\":2.5}\n"));

    assertThat(page)
        .contains("no checkpoint yet", "Too early to say: only one loss recorded so far.")
        .doesNotContain("Does thinking help?");
  }

  @Test
  void aTornLastLineAndValuesThatAreNoNumbersAreNoObstacle() throws IOException {
    StringBuilder metrics = new StringBuilder();
    for (int step = 1; step < 9; step++) {
      metrics.append("{\"step\":").append(step).append(",\"loss\":");
      metrics.append(step == 6 ? "\"NaN\"" : 3.0 / step).append("}\n");
    }
    assertThat(page(copy("torn", metrics + "{\"step\":9,\"lo")))
        .contains("Training diverged: the loss is not a number from update 6 on.");
  }

  @Test
  void aRunWithoutMetricsAndCheckpointsHasItsSettings() throws IOException {
    assertThat(page(copy("empty", "")))
        .contains("no checkpoint yet", "modality.length")
        .doesNotContain("Was training stable?");
  }

  @Test
  void runsOfDifferentStatesShareAPage() throws IOException {
    assertThat(page(run, copy("other", "{\"step\":1,\"loss\":2.5}\n")))
        .contains("run · other", "The runs have the same settings.");
  }

  @Test
  void whatIsNoRunIsRefused() {
    assertThat(refusal("report", folder.resolve("none").toString())).contains("none: no such run");
    assertThat(refusal("report", folder.toString()))
        .contains("is not a run: it has no config.yaml");
    assertThat(refusal("report", run.toString(), "--rows", "0")).contains("--rows is 0");
    assertThat(refusal("report", run.toString(), "--out", folder.toString()))
        .contains("cannot write " + folder);
  }
}
