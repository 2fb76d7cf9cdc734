package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy models and baselines are judged together, and what is unfair about it is said. */
class ComparisonCommandTest {
  @TempDir private Path folder;
  private Tiny tiny;
  private String ebt;
  private String baseline;

  @BeforeEach
  void train() throws IOException {
    tiny = Tiny.in(folder);
    ebt = tiny.trained("ebt").toString();
    baseline = tiny.path("baseline");
    fine("train", "--like", ebt, "--model", "transformer", "--out", baseline);
  }

  @Test
  void baselineHasItsOneRowWhateverStepsAndCandidatesAreAskedFor() throws IOException {
    Commands done =
        fine("eval", ebt, baseline, "--steps=1,2,4", "--candidates=1,3", "--limit=4", "--json");
    JsonNode document = new ObjectMapper().readTree(done.out());
    assertThat(document.path("results").findValuesAsText("run"))
        .containsExactly(ebt, ebt, ebt, ebt, ebt, ebt, baseline);
    JsonNode row = document.path("results").path(6);
    assertThat(row.path("steps").asInt(9)).isZero();
    assertThat(row.path("candidates").asInt()).isEqualTo(1);
    assertThat(row.path("evaluations").asInt()).isEqualTo(1);
    assertThat(document.path("runs").path(0).path("rows").asInt()).isEqualTo(4);
    assertThat(document.path("runs").path(0).path("thinking").path("summary").asText())
        .startsWith("Thinking ");
    assertThat(document.path("runs").path(1).has("thinking")).isFalse();
    assertThat(document.path("warnings")).isEmpty();
    assertThat(document.path("settingsThatDiffer").findValuesAsText("setting"))
        .contains("model.name", "objective.name")
        .doesNotContain("training.learningRate", "thinking.stepSize", "modality.initial");
    assertThat(document.path("compared").findValuesAsText("learningRate"))
        .containsExactly("0.004", "0.004");
    assertThat(done.err()).isEmpty();
  }

  @Test
  void unequalRatesUpdatesDataAndParametersAreWarnedOf() throws IOException {
    String other = tiny.path("other");
    fine(
        tiny.train(
            "other",
            "--set=training.learningRate=0.002",
            "--set=training.steps=2",
            "--set=training.batch=1",
            "--set=model.width=16",
            "--set=data.validation=0.5"));
    Commands done = fine("eval", ebt, other, "--steps=1");
    assertThat(done.err())
        .contains("ebt: warning: unequal learning rates: " + ebt + " 0.004, " + other + " 0.002\n")
        .contains("unequal numbers of updates: " + ebt + " 4, " + other + " 2\n")
        .contains("unequal rows per update: " + ebt + " 2, " + other + " 1\n")
        .contains("not trained on the same data")
        .contains("unequal numbers of parameters: ");
    assertThat(done.out()).containsPattern("training.batch +2 +1\n");
    assertThat(done.err())
        .contains("warning: not evaluated on the same data")
        .contains("losses cannot be compared; --data evaluates all runs on the same data\n");
    assertThat(fine("eval", ebt, other, "--steps=1", "--data=" + tiny.path("text.txt")).err())
        .contains("not trained on the same data")
        .doesNotContain("not evaluated on");
  }

  @Test
  void valuesOfSettingsStayInTheirLineAndRatesArePlain() throws IOException {
    String[] own = {"--set=modality.tokenizer=characters", "--set=training.learningRate=0.0003"};
    String other = tiny.path("other");
    fine(tiny.train("other", own));
    Commands done = fine("eval", ebt, other, "--steps=1");
    assertThat(done.out())
        .containsPattern("(?m)^modality\\.tokenizer\\.alphabet +- +\\\\n 0123456789efhilnotx$")
        .containsPattern("(?m)^training\\.learningRate +0\\.004 +0\\.0003$");
    assertThat(done.err()).contains(other + " 0.0003\n");
    JsonNode document =
        new ObjectMapper().readTree(fine("eval", ebt, other, "--steps=1", "--json").out());
    assertThat(document.path("settingsThatDiffer").findValuesAsText(other))
        .as("values for programs are as they are")
        .contains("\n 0123456789efhilnotx", "0.0003");
    assertThat(document.path("warnings").toString())
        .contains("not evaluated on the same data (or in the same windows, images, tokens)")
        .as("the file is the same, and --data would not help")
        .doesNotContain("--data");
  }

  @Test
  void whatCannotWorkIsToldBeforeAnythingIsComputed() throws IOException {
    assertThat(refusal("eval", ebt, tiny.path("none"), "--steps=1")).contains("none");
    assertThat(refusal("eval", baseline, baseline, "--steps=1,2")).contains("takes steps");
    assertThat(refusal("eval", baseline, baseline, "--candidates=1,2"))
        .contains("energies to choose by");
    assertThat(refusal("eval", baseline, "--steps=1,2"))
        .contains("1 steps requested, only 0 is possible");
    String gone = tiny.write("gone.txt", Files.readString(folder.resolve("text.txt")));
    fine(tiny.train("lost", "--data", gone));
    Files.writeString(Path.of(gone), "some other text than before\n".repeat(40));
    assertThat(fine("eval", ebt, tiny.path("lost"), "--steps=1").err())
        .contains("ebt: the data has changed since " + tiny.path("lost") + " was trained on it")
        .doesNotContain("since " + ebt);
    Files.delete(Path.of(gone));
    assertThat(refusal("eval", ebt, tiny.path("lost"), "--steps=1")).contains("gone.txt");
  }

  @Test
  void tableSaysWhatThinkingGainedHowMuchWasJudgedAndWhatColumnsMean() throws IOException {
    String data = "--data=" + tiny.path("text.txt");
    String out = fine("eval", ebt, data, "--steps=1,2", "--rows=3").out();
    assertThat(out)
        .containsPattern("evaluated on the first 3 of \\d\\d+ rows\n")
        .containsPattern("over 24 predictions, of the first 3 of \\d\\d+ rows\n")
        .contains("evaluations: passes through the network")
        .contains("energy: the model's own score")
        .containsPattern("\nThinking .* after 1 step .* after 2 steps");
    assertThat(fine("eval", ebt, data, "--steps=1,2").out())
        .doesNotContain("of the first")
        .containsPattern("over [\\d,]+ predictions, of all \\d\\d+ rows\n");
    JsonNode document =
        new ObjectMapper().readTree(fine("eval", ebt, "--steps=1,2", "--rows=3", "--json").out());
    assertThat(document.path("rows").asInt()).isEqualTo(3);
    assertThat(document.path("rowsAvailable").asInt()).isGreaterThan(3);
    assertThat(document.path("thinking").path("bestSteps").asInt()).isBetween(1, 2);
  }

  @Test
  void closingTableJudgesAsManyRowsAsValidationDoes() {
    assertThat(fine(tiny.train("few")).out()).contains("over 32 predictions, of the first 4 of ");
    assertThat(fine(tiny.train("fewer", "--set=training.validationRows=2")).out())
        .contains("over 16 predictions, of the first 2 of ")
        .contains("Thinking ");
  }
}
