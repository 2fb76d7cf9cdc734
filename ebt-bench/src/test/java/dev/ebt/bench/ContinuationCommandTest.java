package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of {@code think} about the window and the cache of a text model with a window of 8. */
class ContinuationCommandTest {
  @TempDir static Path folder;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run").toString();
  }

  private static Commands explained(String... options) {
    String[] line = {"think", run, "--explain", "--seed", "3", "--prompt", "abc"};
    String[] all = Arrays.copyOf(line, line.length + options.length);
    System.arraycopy(options, 0, all, line.length, options.length);
    return fine(all);
  }

  /** The number of lines with a probability. */
  private static long tokens(Commands explained) {
    return explained
        .out()
        .lines()
        .filter(line -> line.matches(".{10,} [01]\\.\\d{3}  [▁-█?]+ .*"))
        .count();
  }

  @Test
  void promptsOfAFileAreContinuedAsEachAlone() throws IOException {
    Path prompts = Files.writeString(folder.resolve("prompts.txt"), "abc\nx\nhello\n");
    String[] line = {"think", run, "--seed", "3", "--count", "6"};
    List<String> alone = new ArrayList<>();
    for (String prompt : List.of("abc", "x", "hello")) {
      alone.add(fine(with(line, "--prompt", prompt)).out());
    }
    assertThat(fine(with(line, "--prompts", prompts.toString())).out())
        .isEqualTo(String.join("\n", alone) + "\n");
    assertThat(fine(with(line, "--prompts", prompts.toString(), "--json")).out())
        .containsSubsequence(
            "\"completions\":[{\"prompt\":\"abc\"", "\"tokens\":6", "\"prompt\":\"x\"");
  }

  @Test
  void fileOfPromptsWithAnEmptyLineIsRefused() throws IOException {
    Path prompts = Files.writeString(folder.resolve("gap.txt"), "abc\n\nx\n");
    assertThat(Commands.refusal("think", run, "--prompts", prompts.toString()))
        .contains("gap.txt: line 2 is empty");
    assertThat(Commands.refusal("think", run, "--prompts", prompts.toString(), "--prompt", "a"))
        .contains("--prompts cannot be combined with --prompt, --suffix or --explain");
  }

  @Test
  void budgetOfEvaluationsIsForAllTokensTogether() {
    String[] line = {"think", run, "--seed", "3", "--count", "6", "--prompt", "abc"};
    String spent = fine(with(line, "--evaluations", "20", "--tolerance", "1e-30", "--json")).out();
    assertThat(spent).contains("\"tokens\":6", "\"totalEvaluations\":20");
    assertThat(fine(with(line, "--evaluations", "20", "--tolerance", "1e9", "--json")).out())
        .as("settled in the second step")
        .contains("\"totalEvaluations\":12", "\"evaluationsPerToken\":2.0");
    assertThat(fine(with(line, "--evaluations", "20", "--steps", "1")).out())
        .containsPattern("tokens +totalEvaluations +evaluationsPerToken\\R +6 +6 +1");
  }

  @Test
  void textWhoseTokensSettleSaysWhatTheyTook() {
    String[] line = {
      "think", run, "--seed", "3", "--count", "6", "--prompt", "abc", "--steps", "5"
    };
    String settled = "tokens +totalEvaluations +evaluationsPerToken\\R +6 +12 +2";
    assertThat(fine(line).out()).doesNotContain("evaluations");
    assertThat(fine(with(line, "--tolerance", "1e9")).out()).containsPattern(settled);
    assertThat(fine(with(line, "--tolerance", "1e9", "--explain")).out()).containsPattern(settled);
    assertThat(fine(with(line, "--set", "thinking.stop={name: budget, evaluations: 2}")).out())
        .containsPattern(settled);
    assertThat(fine(with(line, "--tolerance", "1e9", "--suffix", "x", "--fills", "3")).out())
        .as("all continuations")
        .containsPattern("evaluationsPerToken\\R +\\d\\d +\\d\\d +2");
  }

  @Test
  void compactedBatchesGiveTheSameText() throws IOException {
    Path prompts = Files.writeString(folder.resolve("compact.txt"), "abc\nx\nhello\n");
    String[] line = {
      "think",
      run,
      "--prompts",
      prompts.toString(),
      "--count",
      "6",
      "--steps",
      "8",
      "--tolerance",
      "0.01"
    };
    assertThat(fine(with(line, "--compact")).out()).isEqualTo(fine(line).out());
    assertThat(Commands.refusal("think", run, "--count", "6", "--compact"))
        .contains("--compact has no effect where all predictions take all steps");
    assertThat(Commands.refusal("think", run, "--compact", "--no-cache"))
        .contains("--compact cannot be combined with --no-cache");
  }

  @Test
  void unsuitableBudgetOfEvaluationsIsRefused() {
    assertThat(Commands.refusal("think", run, "--count", "6", "--evaluations", "5"))
        .contains(
            "--evaluations is 5; at least 6, one step for each of 6 tokens, or a smaller --count,"
                + " expected");
    assertThat(Commands.refusal("think", run, "--evaluations", "0"))
        .contains("--evaluations is 0; at least 1 expected");
    assertThat(Commands.refusal("think", run, "--evaluations", "50", "--suffix", "x"))
        .contains("--evaluations cannot be combined with --suffix");
  }

  private static String[] with(String[] line, String... options) {
    String[] all = Arrays.copyOf(line, line.length + options.length);
    System.arraycopy(options, 0, all, line.length, options.length);
    return all;
  }

  @Test
  void withoutCacheTheTextIsTheSame() {
    assertThat(explained("--count", "12", "--no-cache").out())
        .isEqualTo(explained("--count", "12").out());
  }

  @Test
  void fullWindowEndsTheTextWithAWarning() {
    Commands stopped = explained("--count", "12", "--window", "stop");
    assertThat(tokens(stopped)).isEqualTo(6);
    assertThat(stopped.err())
        .isEqualTo(
            "ebt: the text ends because the model's window of 8 tokens is full (--window stop)\n");
    assertThat(explained("--count", "6", "--window", "stop").err()).isEmpty();
    String[] written = {"think", run, "--prompt", "abc", "--count", "12", "--window", "stop"};
    assertThat(fine(written).err()).isEqualTo(stopped.err());
  }

  @Test
  void halfAndSlideGoOnBeyondTheWindow() {
    Commands half = explained("--count", "12", "--window", "half");
    assertThat(tokens(half)).isEqualTo(12);
    assertThat(half.err()).isEmpty();
    assertThat(half.out()).isEqualTo(explained("--count", "12").out());
    assertThat(tokens(explained("--count", "12", "--window", "slide"))).isEqualTo(12);
  }
}
