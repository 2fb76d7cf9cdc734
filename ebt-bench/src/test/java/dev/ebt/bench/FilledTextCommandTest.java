package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap between a prompt and a suffix, by models that see eight bytes at a time. */
class FilledTextCommandTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
  }

  private static String[] line(String model, String... more) {
    String[] line = {"think", model, "--prompt=li", "--suffix= 7", "--count=2", "--top-k=4"};
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return all;
  }

  @Test
  void theGapStandsBetweenBothTextsAndFollowsTheSeed() {
    String filled = fine(line(run)).out().strip();
    assertThat(filled).startsWith("li").endsWith(" 7");
    assertThat(fine(line(run)).out().strip()).isEqualTo(filled);
  }

  @Test
  void theChosenGapIsTheFirstOfARankingThatEndsWithTheSuffix() {
    String shown = fine(line(run, "--explain", "--fills=3")).out();
    double[] energies =
        shown
            .lines()
            .filter(row -> row.matches(" +-?\\d+\\.\\d{4} .*"))
            .mapToDouble(row -> Double.parseDouble(row.strip().split(" ")[0]))
            .toArray();
    assertThat(energies).hasSizeGreaterThan(1).isSorted();
    assertThat(shown).contains("energyPerToken");
  }

  @Test
  void aModelWithoutEnergiesChoosesByLikelihood() {
    fine(
        tiny.train(
            "baseline", "--set=model.name=transformer", "--set=objective={name: likelihood}"));
    assertThat(fine(line(tiny.path("baseline"), "--explain")).out())
        .contains("logLikelihoodPerToken");
  }

  @Test
  void mistakesAreNamed() {
    assertThat(refusal("think", run, "--prompt=l", "--fills=3"))
        .contains("--fills is for --suffix");
    assertThat(refusal("think", run, "--prompt=l", "--suffix=")).contains("--suffix is empty");
    assertThat(refusal("think", run, "--prompt=l", "--suffix=e", "--temperature=0"))
        .contains("with --temperature 0 all of them are equal");
    assertThat(refusal(line(run, "--fills=0"))).contains("--fills is 0; 1 to 1000 expected");
    assertThat(refusal("think", run, "--prompt=li", "--suffix= a long suffix"))
        .contains("--suffix has 14 tokens; at most 8 expected, the window of the model");
  }
}
