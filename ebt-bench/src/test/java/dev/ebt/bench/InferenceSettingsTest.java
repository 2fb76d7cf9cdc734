package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of thinking that are changed after training, for one call. */
class InferenceSettingsTest {
  private static final String NOISE =
      "regularizers=[{name: langevin, sigma: 0.5, learnable: true, inEvaluation: true}]";

  @TempDir static Path folder;
  private static String plain;
  private static String noisy;

  /** Initial candidates are no noise, so that seeds differ in nothing but Langevin noise. */
  @BeforeAll
  static void train() throws IOException {
    Tiny tiny = Tiny.in(folder);
    plain = tiny.path("plain");
    fine(tiny.train("plain", "--set=modality.initial=zeros"));
    noisy = tiny.path("noisy");
    fine(tiny.train("noisy", "--set=modality.initial=zeros", "--set=" + NOISE));
  }

  /** Returns the likeliest tokens with their energies before and after each of three steps. */
  private static String energies(String run, int seed, String... settings) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "think",
                run,
                "--prompt=line",
                "--count=3",
                "--steps=3",
                "--temperature=0",
                "--explain",
                "--seed=" + seed));
    for (String setting : settings) {
      line.add("--set=" + setting);
    }
    return fine(line.toArray(String[]::new)).out();
  }

  @Test
  void langevinNoiseIsSwitchedOn() {
    String noise = NOISE.replace("learnable: true, ", "");
    assertThat(energies(plain, 1)).isEqualTo(energies(plain, 2));
    assertThat(energies(plain, 1, noise)).isNotEqualTo(energies(plain, 1));
    assertThat(energies(plain, 1, noise)).isNotEqualTo(energies(plain, 2, noise));
    assertThat(energies(plain, 2, noise)).isEqualTo(energies(plain, 2, noise));
  }

  /** The deviation is learned, so that the regularizer stays. */
  @Test
  void langevinNoiseIsSwitchedOff() {
    String silent = NOISE.replace("inEvaluation: true", "inEvaluation: false");
    assertThat(energies(noisy, 1)).isNotEqualTo(energies(noisy, 2));
    assertThat(energies(noisy, 1, silent)).isEqualTo(energies(noisy, 2, silent));
  }

  /** Small steps lower the energy in proportion to their size. */
  @Test
  void stepSizeIsThatOfTheOverride() {
    List<Double> one = numbers(energies(plain, 1, "thinking.stepSize=0.0005"));
    List<Double> two = numbers(energies(plain, 1, "thinking.stepSize=0.001"));
    assertThat(one.get(0)).as("before the first step").isEqualTo(two.get(0));
    double ratio = (two.get(3) - two.get(0)) / (one.get(3) - one.get(0));
    assertThat(ratio).isCloseTo(2, within(0.2));
  }

  /** The bounds of a learned step size are those of its training. */
  @Test
  void stepSizeOfTheOverrideMayBeAnyThatIsPositive() {
    for (String size : List.of("20", "0.00001")) {
      assertThat(numbers(energies(plain, 1, "thinking.stepSize=" + size))).hasSize(4);
    }
  }

  /** Returns the energies of the first token: the last four numbers below the heading. */
  private static List<Double> numbers(String explained) {
    String first =
        explained.lines().dropWhile(line -> !line.startsWith("token")).skip(1).findFirst().get();
    List<String> words = List.of(first.strip().split(" +"));
    return words.subList(words.size() - 4, words.size()).stream().map(Double::valueOf).toList();
  }
}
