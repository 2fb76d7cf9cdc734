package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.bench.console.ConsoleTerminal;
import dev.ebt.interact.Explanation;
import dev.ebt.interact.Output;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnergyTextTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private static Output.ExplainedText piece(String text, double... energies) {
    List<Double> all = new ArrayList<>();
    for (double energy : energies) {
      all.add(energy);
    }
    return new Output.ExplainedText(text, text, Explanation.of(all));
  }

  private String printed(EnergyText text, ConsoleTerminal terminal) {
    text.print(out, terminal);
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static ConsoleTerminal narrow() {
    return new ConsoleTerminal(Optional.empty(), false, 6, null);
  }

  static List<Integer> colors() {
    return EnergyText.COLORS;
  }

  @Test
  void withoutColorsDigitsBelowThePiecesShowTheirFinalEnergy() {
    EnergyText text =
        new EnergyText(
            "It", List.of(piece(" was", 9, 0), piece("\n"), piece("日本", 3), piece("!", 6)));
    String[] lines = printed(text, ConsoleTerminal.none()).split("\n", -1);

    assertThat(lines[1]).isEqualTo("It was");
    assertThat(lines[2]).isEqualTo("  1");
    assertThat(lines[3]).isEqualTo("日本!");
    assertThat(lines[4]).as("a wide character takes two columns").isEqualTo("4   6");
    assertThat(lines[5])
        .startsWith("final energy  1: from 0.0000  2: from 1.0000")
        .endsWith(" to 6.0000");
  }

  @Test
  void linesAreBrokenBetweenPiecesAtTheWidthOfTheTerminal() {
    EnergyText text = new EnergyText("", List.of(piece("abcd", 1), piece("ef", 1), piece("gh", 2)));

    assertThat(printed(text, narrow()).split("\n", -1))
        .containsSubsequence("abcdef", "1   1", "gh", "6");
  }

  @Test
  void colorsGoFromLowestToHighestEnergyAndAreReset() {
    ConsoleTerminal colored = new ConsoleTerminal(Optional.of(true), true, 80, out);
    EnergyText text = new EnergyText("It", List.of(piece(" was", 9, 0), piece("!", 6)));

    assertThat(printed(text, colored))
        .contains("It\u001b[38;5;33m was\u001b[39m\u001b[38;5;160m!\u001b[39m\n")
        .contains("final energy from\u001b[38;5;33m 0.0000\u001b[39m");
  }

  @Test
  void energyThatIsNotFiniteHasTheHighestLevel() {
    EnergyText text =
        new EnergyText("", List.of(piece("a", 1), piece("b", 2), piece("c", Double.NaN)));

    assertThat(printed(text, ConsoleTerminal.none())).contains("abc\n166\n");
  }

  @Test
  void nothingIsPrintedWithoutTwoEnergiesToTellApart() {
    List<Output.ExplainedText> equal = List.of(piece("a", 2), piece("b", 2), piece("c"));

    assertThat(printed(new EnergyText("", equal), ConsoleTerminal.none())).isEmpty();
    assertThat(printed(new EnergyText("", List.of(piece("a"))), ConsoleTerminal.none())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("colors")
  void colorsAreLegibleOnBlackAndOnWhite(int color) {
    double luminance = luminance(color);

    assertThat((luminance + 0.05) / 0.05).as("contrast with black").isGreaterThanOrEqualTo(3);
    assertThat(1.05 / (luminance + 0.05)).as("contrast with white").isGreaterThanOrEqualTo(3);
  }

  /** Returns the relative luminance (WCAG 2.1) of a color of the cube 16 to 231. */
  private static double luminance(int color) {
    int index = color - 16;
    return 0.2126 * linear(index / 36)
        + 0.7152 * linear(index / 6 % 6)
        + 0.0722 * linear(index % 6);
  }

  private static double linear(int level) {
    double value = (level == 0 ? 0 : 55 + 40 * level) / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
