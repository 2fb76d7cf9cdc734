package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models judged by tasks, and candidates to choose from, from end to end. */
class TaskCommandTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;
  private static String gsm8k;
  private static String arc;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    gsm8k =
        tiny.write(
            "test.jsonl",
            """
            {"question": "2 cats, how many legs?", "answer": "2 * 4\\n#### 8"}
            {"question": "And 3 hens?", "answer": "3 * 2\\n#### 6"}
            """);
    arc =
        tiny.write(
            "arc.jsonl",
            """
            {"question": {"stem": "Wet?", "choices": [{"text": "sand", "label": "A"}, {"text": "rain", "label": "B"}]}, "answerKey": "B"}
            """);
  }

  private static JsonNode json(String... line) throws IOException {
    return new ObjectMapper().readTree(fine(line).out());
  }

  @Test
  void tasksAreJudgedAgainstStepsAndCandidates() {
    List<String> lines =
        fine(
                "eval",
                run,
                "--task",
                "gsm8k=" + gsm8k,
                "--task",
                "arc=" + arc,
                "--steps",
                "2,1",
                "--candidates",
                "1,3")
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(29);
    assertThat(lines.get(0)).isEqualTo("gsm8k: 2 records of " + gsm8k);
    assertThat(lines.get(1).strip().split(" +"))
        .containsExactly(
            "steps",
            "candidates",
            "evaluations",
            "seconds",
            "perplexity",
            "bitsPerByte",
            "answerPerplexity",
            "answerBitsPerByte",
            "answerAccuracy",
            "wholeAnswers",
            "energy",
            "answerEnergy");
    List<String> efforts = new ArrayList<>();
    lines
        .subList(2, 6)
        .forEach(l -> efforts.add(l.strip().replaceAll("^(\\d+ +\\d+ +\\d+) .*", "$1")));
    assertThat(efforts)
        .extracting(e -> e.replaceAll(" +", " "))
        .containsExactly("1 1 1", "1 3 6", "2 1 2", "2 3 9");
    assertThat(lines.get(6)).startsWith("evaluations: passes through the network");
    assertThat(lines.get(7)).startsWith("energy: the model's own score");
    assertThat(lines.get(8)).startsWith("95 % confidence, over records");
    assertThat(lines.get(9).strip().split(" +"))
        .containsExactly("steps", "candidates", "bitsPerByte", "answerBitsPerByte", "wholeAnswers");
    assertThat(lines.get(10)).matches(".* 0\\.0000 to 0\\.6576");
    assertThat(lines.get(14)).isEqualTo("arc: 1 record of " + arc);
    assertThat(lines.get(15)).contains("choiceAccuracy", "choiceAccuracyByLength");
    assertThat(lines.get(28)).isEqualTo("choiceAccuracy by chance: 0.5000");
  }

  @Test
  void answersAreGeneratedWhereThatIsAskedFor() throws IOException {
    JsonNode document =
        json(
            "eval",
            run,
            "--task",
            "gsm8k=" + gsm8k,
            "--steps",
            "1",
            "--generate",
            "--json",
            "--limit",
            "1",
            "--candidates",
            "2");
    JsonNode task = document.path("tasks").path(0);
    assertThat(task.path("records").asInt()).isEqualTo(1);
    JsonNode result = task.path("results").path(0);
    assertThat(result.path("exactMatch").isNumber()).isTrue();
    assertThat(result.has("f1")).isFalse();
    assertThat(result.path("confidence95").path("exactMatch").path("upper").asDouble())
        .isBetween(0.7, 1.0);
    assertThat(task.path("compatibility").asText()).isEqualTo("corrected");
    assertThat(task.path("rule").asText()).startsWith("the number after '####'");
    assertThat(result.path("evaluations").asInt()).isEqualTo(4);
    assertThat(result.path("perplexity").asDouble()).isGreaterThan(1);
  }

  @Test
  void publishedRuleIsTakenWhereItIsAskedFor() {
    String out =
        fine(
                "eval",
                run,
                "--task",
                "gsm8k=" + gsm8k,
                "--steps=1",
                "--limit=1",
                "--generate",
                "--set",
                "compatibility=published")
            .out();
    assertThat(out.lines().skip(1).findFirst().orElseThrow()).contains("exactMatch", "f1");
    assertThat(out).contains("exactMatch compares all that was written, as words");
  }

  @Test
  void answersThatCannotBeComparedAreToldBeforeAnythingIsComputed() throws IOException {
    String words = tiny.write("words.jsonl", "{\"question\": \"a?\", \"answer\": \"four\"}\n");
    assertThat(refusal("eval", run, "--task", "gsm8k=" + words, "--generate"))
        .startsWith("ebt: " + words + " line 1: field 'answer' has no '#### NUMBER'");
    fine("eval", run, "--task", "gsm8k=" + words, "--steps=1");
  }

  /** Perplexity is the same however the rows come together, but for where thinking begins. */
  @Test
  void baselineIsJudgedByTheSameCommand() throws IOException {
    fine(
        tiny.train(
            "baseline",
            "--set",
            "model.name=transformer",
            "--set",
            "objective={name: likelihood}"));
    String baseline = folder.resolve("baseline").toString();
    String[] line = {"eval", baseline, "--task", "gsm8k=" + gsm8k, "--generate", "--json"};
    JsonNode result = json(line).path("tasks").path(0).path("results").path(0);
    assertThat(result.path("steps").asInt()).isZero();
    assertThat(result.path("evaluations").asInt()).isEqualTo(1);
    assertThat(result.has("energy")).isFalse();
    assertThat(result.has("exactMatch")).isTrue();
    String[] one = {"eval", baseline, "--task", "gsm8k=" + gsm8k, "--batch", "1", "--json"};
    JsonNode alone = json(one).path("tasks").path(0).path("results").path(0);
    assertThat(alone.path("answerPerplexity").asDouble())
        .isCloseTo(
            result.path("answerPerplexity").asDouble(),
            org.assertj.core.api.Assertions.within(1e-9));
    assertThat(refusal("eval", baseline, "--task", "gsm8k=" + gsm8k, "--candidates", "1,5"))
        .contains("no candidates [1, 5], only 1");
    assertThat(fine("think", baseline, "--count", "2", "--explain").out())
        .startsWith("token       prob.\n")
        .doesNotContain("energy");
    assertThat(refusal("think", baseline, "--count", "2", "--candidates", "2"))
        .contains("candidates is 2; it must be 1 for a model without energies");
  }

  @Test
  void candidatesWorkForTheRunsOwnDataToo() throws IOException {
    String[] line = {"eval", run, "--steps", "1,2", "--candidates", "1,4", "--json"};
    JsonNode results = json(line).path("results");
    assertThat(results).hasSize(4);
    assertThat(results.path(1).path("candidates").asInt()).isEqualTo(4);
    assertThat(results.path(1).path("energy").asDouble())
        .isLessThan(results.path(0).path("energy").asDouble());
    JsonNode alone = json("eval", run, "--steps", "1,2", "--json").path("results").path(0);
    for (String figure : List.of("steps", "candidates", "evaluations", "loss", "energy")) {
      assertThat(results.path(0).path(figure)).as(figure).isEqualTo(alone.path(figure));
    }
    assertThat(fine("think", run, "--count", "3", "--candidates", "3", "--explain").out())
        .contains("energy before thinking");
  }

  @Test
  void explainedSpacesAreVisible() throws IOException {
    String data = tiny.write("letters-and-spaces.txt", "a a ".repeat(99));
    String spaced = folder.resolve("spaced").toString();
    fine(tiny.train("spaced", "--data", data, "--set", "modality.tokenizer=characters"));
    StringBuilder explained = new StringBuilder();
    for (int seed = 1; seed <= 12; seed++) {
      explained.append(fine("think", spaced, "--explain", "--seed=" + seed).out());
    }
    assertThat(explained.toString())
        .containsPattern("(?m)^␣ +0\\.")
        .doesNotContainPattern("(?m)^ +0\\.");
  }

  @Test
  void candidatesThatStartAlikeAreRefusedAlike() {
    String zeros = folder.resolve("zeros").toString();
    fine(tiny.train("zeros", "--set", "modality.initial=zeros"));
    String same = "candidates is 3, but every candidate starts at the same place";
    assertThat(refusal("eval", zeros, "--candidates", "1,3")).contains(same);
    assertThat(refusal("eval", zeros, "--task", "gsm8k=" + gsm8k, "--candidates", "3"))
        .contains(same);
    assertThat(refusal("think", zeros, "--count", "2", "--candidates", "3")).contains(same);
    assertThat(fine("think", zeros, "--count", "2").out()).isNotEmpty();
  }

  @Test
  void promptThatIsLongerThanTheWindowIsRefusedUnlessItMayBeTruncated() {
    assertThat(refusal("think", run, "--prompt", "far too long", "--count", "2"))
        .isEqualTo(
            "ebt: the prompt has 12 tokens, but the model sees 8 (modality.length); shorten it, or"
                + " leave its beginning out with --truncate left\n");
    Commands left = fine("think", run, "--prompt", "far too long", "--truncate", "left");
    assertThat(left.err()).isEmpty();
    assertThat(left.out()).startsWith("far too long");
    assertThat(fine("think", run, "--prompt", "12345678", "--count", "2").err()).isEmpty();
    assertThat(refusal("think", run, "--truncate", "right"))
        .contains("--truncate is right; left expected");
  }

  @Test
  void mistakesAreTold() {
    assertThat(refusal("eval", run, "--task", gsm8k))
        .startsWith(
            "ebt: --task is '" + gsm8k + "'; FORMAT=PATH expected, with one of the formats gsm8k,");
    assertThat(refusal("eval", run, "--task", "arc=" + gsm8k))
        .startsWith("ebt: " + gsm8k + " looks like gsm8k: --task gsm8k=" + gsm8k);
    assertThat(refusal("eval", run, "--task", "arc=" + arc, "--data", gsm8k))
        .startsWith("ebt: --task and --data exclude each other");
    assertThat(refusal("eval", run, "--generate")).startsWith("ebt: --generate needs --task");
    assertThat(refusal("eval", run, "--data", tiny.path("text.txt"), "--field", "x"))
        .startsWith("ebt: --field is for JSON lines and .parquet, which have fields; ");
  }
}
