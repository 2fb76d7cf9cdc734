package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.run.TextScore;
import dev.ebt.run.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts scored by models that see eight bytes at a time. */
class ScoreCommandTest {
  private static final String TEXT = "line 7 of the täxt";

  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;
  private static String baseline;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    fine(
        tiny.train(
            "baseline", "--set=model.name=transformer", "--set=objective={name: likelihood}"));
    baseline = tiny.path("baseline");
  }

  private static JsonNode json(String... line) throws IOException {
    return new ObjectMapper().readTree(fine(line).out());
  }

  @Test
  void lossAndEnergyOfEveryTokenAddUp() throws IOException {
    JsonNode score = json("score", run, "--text", TEXT, "--steps=2", "--tokens", "--json");
    assertThat(score.path("tokens").asInt()).isEqualTo(19);
    assertThat(score.path("bytes").asInt()).isEqualTo(19);
    double loss = 0;
    double energy = 0;
    for (JsonNode token : score.path("scores")) {
      loss += token.path("loss").asDouble();
      energy += token.path("energy").asDouble();
    }
    assertThat(score.path("logLikelihood").asDouble()).isCloseTo(-loss, within(1e-9));
    assertThat(score.path("loss").asDouble()).isCloseTo(loss / 19, within(1e-9));
    assertThat(score.path("bitsPerByte").asDouble())
        .isCloseTo(loss / 19 / Math.log(2), within(1e-9));
    assertThat(score.path("energy").asDouble()).isCloseTo(energy / 19, within(1e-9));
    assertThat(score.path("steps").asInt()).isEqualTo(2);
    assertThat(score.path("scores").path(0).path("token").asText()).isEqualTo("l");
  }

  @Test
  void stoppingRulesAct() throws IOException {
    String[] line = {"score", run, "--text", TEXT, "--steps=6", "--json"};
    JsonNode all = json(line);
    assertThat(all.path("evaluations").asDouble()).isEqualTo(6);
    JsonNode budget = json(with(line, "--set=thinking.stop={name: budget, evaluations: 2}"));
    assertThat(budget.path("evaluations").asDouble()).isEqualTo(2);
    assertThat(budget.path("loss").asDouble())
        .isEqualTo(
            json("score", run, "--text", TEXT, "--steps=2", "--json").path("loss").asDouble());
    JsonNode settled =
        json(with(line, "--set=thinking.stop={name: prediction-settled, divergence: 1000}"));
    assertThat(settled.path("evaluations").asDouble()).isEqualTo(1);
    assertThat(
            json(with(
                    line,
                    "--set=thinking.stop={name: any, stops: [{name: energy-settled}, {name: budget, evaluations: 4}]}"))
                .path("evaluations")
                .asDouble())
        .isBetween(1.0, 4.0);
  }

  @Test
  void selectionsAct() throws IOException {
    String[] line = {"score", run, "--text", TEXT, "--steps=2", "--candidates=3", "--json"};
    JsonNode lowest = json(line);
    assertThat(json(with(line, "--set=thinking.select=lowest-energy")).path("loss"))
        .isEqualTo(lowest.path("loss"));
    for (String name : new String[] {"largest-fall", "smallest-residual", "softmin"}) {
      JsonNode other = json(with(line, "--set=thinking.select=" + name));
      assertThat(other.path("energy").asDouble())
          .as(name)
          .isGreaterThanOrEqualTo(lowest.path("energy").asDouble());
      assertThat(other.path("evaluations").asDouble()).isEqualTo(9);
    }
  }

  private static String[] with(String[] line, String option) {
    String[] longer = Arrays.copyOf(line, line.length + 1);
    longer[line.length] = option;
    return longer;
  }

  @Test
  void tableHasTheSame() {
    String[] lines =
        fine("score", run, "--text", "of\nit", "--tokens").out().lines().toArray(String[]::new);
    assertThat(lines[0]).isEqualTo("5 tokens, 5 bytes, scored by " + run + " at step 4");
    assertThat(lines[1])
        .isEqualTo(
            "windows of 8 tokens; a token sees all of the text before it, or the last 4 tokens at least");
    assertThat(lines[2].strip().split(" +"))
        .containsExactly(
            "steps",
            "evaluations",
            "seconds",
            "logLikelihood",
            "loss",
            "perplexity",
            "bitsPerByte",
            "energy");
    assertThat(lines[4]).startsWith("evaluations: ");
    assertThat(lines[5]).startsWith("energy: ");
    assertThat(lines[7].strip().split(" +")).containsExactly("token", "bytes", "loss", "energy");
    assertThat(lines[10]).startsWith("\"\\n\"");
    assertThat(lines).hasSize(13);
  }

  /** A passage of LAMBADA is a text, too. Only the baseline begins nowhere at random. */
  @Test
  void baselineGivesATextWhatItGivesARecordOfATask() throws IOException {
    String task = "lambada=" + tiny.write("passage.txt", TEXT + "\n");
    JsonNode record = json("eval", baseline, "--task", task, "--json").at("/tasks/0/results/0");
    String file = tiny.write("given.txt", TEXT);
    JsonNode score = json("score", baseline, "--file", file, "--batch", "1", "--json");
    assertThat(score.path("bitsPerByte").asDouble())
        .isCloseTo(record.path("bitsPerByte").asDouble(), within(1e-9));
    assertThat(score.path("steps").asInt()).isZero();
    assertThat(score.has("energy")).isFalse();
  }

  @Test
  void javaGivesTheSame() throws IOException {
    JsonNode printed = json("score", run, "--text", TEXT, "--json");
    try (TrainedModel model = TrainedModel.open(Path.of(run))) {
      TextScore score = model.score(TEXT);
      assertThat(score.logLikelihood()).isEqualTo(printed.path("logLikelihood").asDouble());
      assertThat(score.energy()).hasValue(printed.path("energy").asDouble());
      assertThat(score.tokens()).hasSize(19);
      assertThat(score.steps()).isEqualTo(printed.path("steps").asInt());
      assertThat(model.score(TEXT, 2, 3, 2).evaluations()).isEqualTo(9);
    }
  }

  @Test
  void standardInputIsReadWhereTheFileIsAMinus() throws IOException {
    byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
    Commands scored = Commands.withInput(text, "score", run, "--file", "-", "--json");
    assertThat(new ObjectMapper().readTree(scored.out()).path("loss"))
        .isEqualTo(json("score", run, "--text", TEXT, "--json").path("loss"));
    byte[] broken = {'a', (byte) 0xFF};
    assertThat(Commands.withInput(broken, "score", run, "--file", "-").err())
        .startsWith("ebt: standard input is not UTF-8 text: byte 0xFF at byte offset 1");
  }

  @Test
  void mistakesAreTold() throws IOException {
    assertThat(refusal("score", run)).startsWith("ebt: there is no text to score; one of --text");
    assertThat(refusal("score", run, "--text", "a", "--file", "b"))
        .startsWith("ebt: --text and --file exclude each other; one of ");
    assertThat(refusal("score", run, "--text", "")).isEqualTo("ebt: the text to score is empty\n");
    assertThat(refusal("score", run, "--text", "a", "--steps=-1"))
        .startsWith("ebt: --steps is -1; 0 or more expected");
    assertThat(refusal("score", baseline, "--text", "a", "--steps=1"))
        .contains("1 steps requested, only 0 is possible");
    assertThat(refusal("score", run, "--file", tiny.path("txt.text")))
        .startsWith("ebt: no file or folder " + tiny.path("txt.text"));
  }
}
