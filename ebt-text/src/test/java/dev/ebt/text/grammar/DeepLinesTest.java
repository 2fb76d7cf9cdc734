package dev.ebt.text.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepLinesTest {
  /** Against lines that were written. */
  @ParameterizedTest
  @CsvSource({"3, 1", "3, 2", "3, 3", "8, 4"})
  void shareAndEntropyAreThoseOfTheLinesThatAreDeepEnough(int maxDepth, int minDepth) {
    BracketGrammar grammar = new BracketGrammar(maxDepth);
    DeepLines lines = new DeepLines(grammar, minDepth);
    BracketWriter writer = new BracketWriter(grammar, 5);
    int written = 60_000;
    List<String> deep =
        LongStream.range(0, written).mapToObj(writer::line).filter(lines::contains).toList();
    double surprisal =
        deep.stream()
                .mapToDouble(line -> BracketReader.surprisal(grammar, line))
                .average()
                .orElse(0)
            + Math.log(lines.share());
    double bytes = deep.stream().mapToInt(String::length).average().orElse(0);

    assertThat((double) deep.size() / written).isCloseTo(lines.share(), within(0.008));
    assertThat(surprisal / bytes).isCloseTo(lines.entropyPerByte(), within(0.01));
  }

  @Test
  void depthIsThatOfTheDeepestBracket() {
    BracketGrammar grammar = new BracketGrammar(3);
    String line = "(1+1=2) [<1+1=2>,{(2+2=4)}]\n";
    assertThat(new DeepLines(grammar, 3).contains(line)).isTrue();
    assertThat(new DeepLines(grammar, 3).contains("(1+1=2) [<1+1=2>,{2+2=4}]\n")).isFalse();
    assertThat(new DeepLines(grammar, 1).contains("(1+1=2) (1+1=2)\n")).isTrue();
  }

  @Test
  void depthsWithoutMeaningAreRefused() {
    BracketGrammar grammar = new BracketGrammar(3);
    assertThatThrownBy(() -> new DeepLines(grammar, 0)).hasMessageContaining("depth 0");
    assertThatThrownBy(() -> new DeepLines(grammar, 4)).hasMessageContaining("depth 4");
  }
}
