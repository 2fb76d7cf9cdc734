package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments from end to end; the runs are quick ones. */
class ExperimentCommandTest {
  private static final String NAME = "s1-sanity";

  @TempDir static Path folder;
  private static Path out;
  private static Commands printed;

  @BeforeAll
  static void run() {
    out = folder.resolve("quick");
    printed = experiment(new SameProcessWorkers());
  }

  private static Commands experiment(SameProcessWorkers workers) {
    return SameProcessWorkers.ebt(workers, "experiment", NAME, "--quick", "--out", out.toString());
  }

  private static String page() throws IOException {
    return Files.readString(out.resolve(NAME + "-quick.md"));
  }

  @Test
  void thePageHasEverythingFromTheQuestionToTheCommand() throws IOException {
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(page())
        .startsWith("# s1-sanity\n\n**This is a quick run")
        .containsSubsequence(
            "## Question",
            "?\n",
            "## Design",
            "## Statistic",
            "## Rule for the verdict",
            "## Results",
            "| model | steps | loss | energy |",
            "![Loss by thinking steps](s1-sanity-quick-loss-by-steps.svg)",
            "| model | runs | validation.loss |",
            "./ebt experiment s1-sanity --quick",
            "2 trainings took")
        .doesNotContain("Verdict:", folder.toString());
    assertThat(out.resolve("s1-sanity-quick-loss-by-steps.svg")).content().contains("<svg");
  }

  @Test
  void aQuickOneSaysThatItProvesNothingAndTheRuleIsStatedFirst() {
    assertThat(printed.err())
        .startsWith("ebt: This is a quick run")
        .containsSubsequence("proves nothing", "the rule: The claim holds if", "  complete  ");
    assertThat(printed.out()).contains("s1-sanity proves nothing (quick run): The second step");
  }

  @Test
  void theSameCommandContinuesAndRepeatsNoFinishedRun() throws IOException {
    String before = page();
    Path run = out.resolve("runs/model=ebt-s1,seed=2");
    assertThat(run.resolve("metrics.jsonl")).exists();
    SameProcessWorkers workers = new SameProcessWorkers();

    assertThat(experiment(workers).code()).isZero();
    assertThat(workers.begun).isEmpty();
    assertThat(page()).isEqualTo(before);
  }

  @Test
  void runsOfAnotherVersionOrExperimentAreRefused() throws IOException {
    Path plan = out.resolve("plan.json");
    String written = Files.readString(plan);
    try {
      Files.writeString(plan, written.replaceAll("commit [\\w+]+", "commit abc"));
      assertThat(refusedAfterItsRule(NAME))
          .contains("are those of ebt ", "commit abc; this is ebt ", "another --out");
    } finally {
      Files.writeString(plan, written);
    }
    assertThat(refusedAfterItsRule("s2-minimal"))
        .contains("has other runs than those of experiment 's2-minimal'; choose another --out");
  }

  private static String refusedAfterItsRule(String name) {
    Commands done =
        SameProcessWorkers.ebt(
            new SameProcessWorkers(), "experiment", name, "--quick", "--out", out.toString());
    assertThat(done.code()).isEqualTo(2);
    return done.err();
  }

  @Test
  void theyAreListedAndDescribed() throws IOException {
    assertThat(fine("experiment", "list").out().lines())
        .anyMatch(line -> line.matches("alpha-sweep +\\(text\\) +\\S.*"));
    assertThat(fine("plugins", "experiment").out()).contains("thinking-gain");
    assertThat(fine("experiment", "thinking-gain", "--dry-run").out())
        .containsSubsequence("question   Does", "design ", "statistic ", "rule ", "run ")
        .contains("model=transformer-136,seed=6, 600 updates");
    JsonNode json =
        new ObjectMapper().readTree(fine("experiment", NAME, "--dry-run", "--json").out());
    assertThat(json.path("runs")).hasSize(6);
    assertThat(json.path("rule").asText()).startsWith("The claim holds");
    assertThat(fine("experiment", "scaling-data", "--dry-run").out())
        .contains("run        model=ebt,width=32,learningRate=0.004,seed=101, 600 updates")
        .contains("further    50 runs: both models at 5 sizes with 5 seeds, each model with the");
    assertThat(
            new ObjectMapper()
                .readTree(fine("experiment", "scaling-data", "--dry-run", "--json").out())
                .path("further")
                .asText())
        .startsWith("50 runs");
    assertThat(json.has("further")).isFalse();
    assertThat(refusal("experiment", "s1-santy"))
        .contains("unknown experiment 's1-santy': did you mean 's1-sanity'?");
    assertThat(refusal("experiment", "list", "--quick")).contains("'list' runs no experiment");
  }
}
