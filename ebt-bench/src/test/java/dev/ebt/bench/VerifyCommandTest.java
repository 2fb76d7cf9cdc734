package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Given answers ranked by models that see eight bytes at a time. */
class VerifyCommandTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;
  private static String baseline;
  private static String context;
  private static String answers;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    fine(
        tiny.train(
            "baseline", "--set=model.name=transformer", "--set=objective={name: likelihood}"));
    baseline = tiny.path("baseline");
    context = tiny.write("c.txt", "line\n");
    answers = tiny.write("a.txt", " of\n 7\nx\n");
  }

  private static JsonNode verify(String model, String... more) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("verify", model, "--context", context, "--candidates", answers));
    line.addAll(List.of(more));
    line.add("--json");
    return new ObjectMapper().readTree(fine(line.toArray(String[]::new)).out());
  }

  @Test
  void answersAreRankedByTheirLowestEnergy() throws IOException {
    for (String order : List.of("total", "prediction", "length")) {
      JsonNode found = verify(run, "--by", order);
      assertThat(found.path("measure").asText()).isEqualTo("energy");
      assertThat(found.path("order").asText()).isEqualTo(order);
      assertThat(found.path("answers")).hasSize(3);
      String value =
          order.equals("total")
              ? "total"
              : "per" + Character.toUpperCase(order.charAt(0)) + order.substring(1);
      List<Double> ranked = new ArrayList<>();
      found.path("answers").forEach(answer -> ranked.add(answer.path(value).asDouble()));
      assertThat(ranked).as(order).isSorted();
    }
  }

  @Test
  void valuesOfAnAnswerAddUp() throws IOException {
    for (JsonNode answer : verify(run).path("answers")) {
      double total = 0;
      for (JsonNode value : answer.path("values")) {
        total += value.asDouble();
      }
      int tokens = answer.path("answer").asText().length();
      assertThat(answer.path("values")).hasSize(tokens);
      assertThat(answer.path("total").asDouble()).isCloseTo(total, within(1e-9));
      assertThat(answer.path("perPrediction").asDouble()).isCloseTo(total / tokens, within(1e-9));
      assertThat(answer.path("perLength").asDouble()).isCloseTo(total / tokens, within(1e-9));
    }
  }

  /** The answer is the end of a text whose tokens the baseline scores one by one. */
  @Test
  void baselineRanksByTheLikelihoodThatItGivesTheAnswer() throws IOException {
    JsonNode found = verify(baseline);
    assertThat(found.path("measure").asText()).isEqualTo("logLikelihood");
    List<Double> ranked = new ArrayList<>();
    for (JsonNode answer : found.path("answers")) {
      String text = answer.path("answer").asText();
      JsonNode score =
          new ObjectMapper()
              .readTree(
                  fine("score", baseline, "--text", "line" + text, "--tokens", "--json").out())
              .path("scores");
      double likelihood = 0;
      for (int i = 4; i < score.size(); i++) {
        likelihood -= score.path(i).path("loss").asDouble();
      }
      assertThat(answer.path("total").asDouble()).as(text).isCloseTo(likelihood, within(1e-6));
      ranked.add(-answer.path("total").asDouble());
    }
    assertThat(ranked).isSorted();
  }

  @Test
  void tableHasTheSame() {
    String[] lines =
        fine("verify", run, "--context", context, "--candidates", answers)
            .out()
            .lines()
            .toArray(String[]::new);
    assertThat(lines[0]).isEqualTo("3 answers, ranked by " + run + " at step 4");
    assertThat(lines[1].strip().split(" {2,}"))
        .containsExactly("rank", "energy", "per token", "per byte", "answer");
    assertThat(lines).hasSize(6);
    assertThat(lines[2]).startsWith("1 ");
    assertThat(lines[5]).startsWith("energy: ");
  }

  @Test
  void mistakesAreReported() throws IOException {
    String empty = tiny.write("empty.txt", "a\n\nb\n");
    assertThat(refusal("verify", run, "--context", context, "--candidates", empty))
        .isEqualTo("ebt: " + empty + ", line 2 is empty; one answer per line expected\n");
    String none = tiny.path("none.txt");
    assertThat(refusal("verify", run, "--context", none, "--candidates", answers))
        .isEqualTo("ebt: no file " + none + "\n");
    assertThat(refusal("verify", run, "--context", "-", "--candidates", "-"))
        .startsWith("ebt: --context and --candidates are both standard input");
    assertThat(refusal("verify", run, "--context", context, "--candidates", answers, "--by=sum"))
        .startsWith("ebt: --by is 'sum'; total, prediction or length expected");
    assertThat(
            refusal("verify", run, "--context", context, "--candidates", answers, "--truncate=up"))
        .startsWith("ebt: --truncate is 'up'; left expected");
    assertThat(refusal("verify", run, "--context", context))
        .startsWith("ebt: Missing required option: '--candidates=FILE'");
  }

  @Test
  void contextThatIsTooLongIsTruncatedOnRequest() throws IOException {
    String longer = tiny.write("long.txt", "a long line");
    String[] line = {"verify", run, "--context", longer, "--candidates", answers};
    assertThat(refusal(line))
        .startsWith(
            "ebt: the context has 12 tokens and answer 1 has 3, but the model sees 9 together");
    assertThat(
            fine("verify", run, "--context", longer, "--candidates", answers, "--truncate", "left")
                .out())
        .startsWith("3 answers");
  }
}
