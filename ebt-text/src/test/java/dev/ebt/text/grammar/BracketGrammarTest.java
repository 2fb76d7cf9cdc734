package dev.ebt.text.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BracketGrammarTest {
  private static final BracketGrammar GRAMMAR = new BracketGrammar(3);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void entropyIsTheMeanSurprisalOfWhatIsWritten(int depth) {
    BracketGrammar grammar = new BracketGrammar(depth);
    BracketWriter writer = new BracketWriter(grammar, 11);
    int lines = 40_000;
    double[] surprisal = new double[lines];
    double[] length = new double[lines];
    for (int i = 0; i < lines; i++) {
      String line = writer.line(i);
      surprisal[i] = BracketReader.surprisal(grammar, line);
      length[i] = line.length();
    }
    assertMean(surprisal, grammar.entropyPerLine());
    assertMean(length, grammar.bytesPerLine());
    assertThat(mean(surprisal) / mean(length)).isCloseTo(grammar.entropyPerByte(), within(0.003));
  }

  @Test
  void theProbabilitiesOfAllLinesAddUpToOne() {
    BracketGrammar flat = new BracketGrammar(1);
    List<String> groups = groups();
    assertThat(groups).hasSize(4 * (110 + 110 * 110));
    // p(line) = p(group) p(group) / 2 with two groups: so p(group) follows from a line of it twice.
    double[] group =
        groups.stream()
            .mapToDouble(
                g -> -(BracketReader.surprisal(flat, g + " " + g + "\n") - Math.log(2)) / 2)
            .map(Math::exp)
            .toArray();
    assertThat(mean(group) * group.length).isCloseTo(1, within(1e-9));
  }

  @Test
  void surprisalsAreOfTheBytes() {
    double[] bytes = BracketReader.surprisals(GRAMMAR, "(<3+4=7>,9-9=0) {1+1=2}\n").orElseThrow();
    double[] expected = {
      4, // open
      4 / 0.4, // a group inside, and its kind
      10 / 0.6,
      11 / 7.0,
      7,
      1,
      1, // 3+4=7
      1 / 0.75, // close: no second item
      4, // a second item
      10 / 0.6,
      11 / 10.0,
      10,
      1,
      1, // 9-9=0
      1, // close: never a third item
      1, // a second group
      4,
      10 / 0.6,
      11 / 9.0,
      9,
      1,
      1,
      1 / 0.75, // {1+1=2}
      2 // the end
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(bytes[i]).as("byte %d", i).isCloseTo(Math.log(expected[i]), within(1e-12));
    }
    assertThat(bytes).hasSize(expected.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "(1+1=2)\n",
        "(1+1=2) (1+1=2)",
        "(1+1=2) (1+1=3)\n",
        "(1+1=2] (1+1=2)\n",
        "(5+5=0) (1+1=2)\n",
        "(1-2=9) (1+1=2)\n",
        "(1+1=2,1+1=2,1+1=2) (1+1=2)\n",
        "([{<1+1=2>}]) (1+1=2)\n",
        "() (1+1=2)\n",
        "(1+1=2) (1+1=2)\n\n",
        "(1+1=2) (1+1=2) (1+1=2) (1+1=2)\n",
        "(1+ (1+1=2)\n"
      })
  void whatIsNotOfTheLanguageIsRefused(String line) {
    assertThat(BracketReader.surprisals(GRAMMAR, line)).isEmpty();
    assertThat(BracketReader.surprisal(GRAMMAR, line)).isInfinite();
  }

  @Test
  void deeperLinesAreOfDeeperGrammarsOnly() {
    BracketWriter deep = new BracketWriter(new BracketGrammar(6), 1);
    List<String> lines = LongStream.range(0, 2000).mapToObj(deep::line).toList();
    assertThat(lines)
        .anyMatch(line -> BracketReader.surprisals(new BracketGrammar(5), line).isEmpty())
        .allMatch(line -> BracketReader.surprisals(new BracketGrammar(6), line).isPresent());
  }

  @Test
  void seedsDifferAndAgree() {
    BracketWriter writer = new BracketWriter(GRAMMAR, 1);
    writer.line(99);
    assertThat(lines(writer)).isEqualTo(lines(new BracketWriter(GRAMMAR, 1)));
    assertThat(lines(writer)).doesNotContainAnyElementsOf(lines(new BracketWriter(GRAMMAR, 2)));
    assertThat(writer.line(0)).isEqualTo("<9-0=9> <{<0+3=3>}>\n");
  }

  @Test
  void depthsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new BracketGrammar(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth 0");
    assertThatThrownBy(() -> new BracketGrammar(33)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> lines(BracketWriter writer) {
    return LongStream.range(0, 50).mapToObj(writer::line).filter(l -> l.length() > 24).toList();
  }

  private static List<String> groups() {
    List<String> sums = new ArrayList<>();
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < 10; b++) {
        if (a + b < 10) {
          sums.add(a + "+" + b + "=" + (a + b));
        }
        if (a >= b) {
          sums.add(a + "-" + b + "=" + (a - b));
        }
      }
    }
    List<String> contents = new ArrayList<>(sums);
    sums.forEach(first -> sums.forEach(second -> contents.add(first + "," + second)));
    List<String> groups = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      for (String content : contents) {
        groups.add("([{<".charAt(kind) + content + ")]}>".charAt(kind));
      }
    }
    return groups;
  }

  /** Within four standard errors. */
  private static void assertMean(double[] values, double expected) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares / values.length / (values.length - 1));
    assertThat(mean).isCloseTo(expected, within(4 * error));
    assertThat(error).isLessThan(0.01 * expected);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** A dialect of more nesting and small numbers. */
  private static final BracketGrammar DIALECT = new BracketGrammar(3, 0.6, 0.3);

  @Test
  void entropyAndDivergenceOfADialectAreTheMeansOfItsLines() {
    BracketWriter writer = new BracketWriter(DIALECT, 1);
    double own = 0;
    double usual = 0;
    double bytes = 0;
    for (int i = 0; i < 20_000; i++) {
      String line = writer.line(i);
      own += BracketReader.surprisal(DIALECT, line);
      usual += BracketReader.surprisal(GRAMMAR, line);
      bytes += line.length();
    }

    assertThat(own / bytes).isCloseTo(DIALECT.entropyPerByte(), within(0.003));
    assertThat((usual - own) / bytes).isCloseTo(DIALECT.divergencePerByte(GRAMMAR), within(0.002));
    assertThat(DIALECT.divergencePerByte(GRAMMAR)).isGreaterThan(0.02);
  }

  @Test
  void aGrammarDoesNotDivergeFromItselfAndADeeperOneWithoutBound() {
    assertThat(DIALECT.divergencePerByte(DIALECT)).isCloseTo(0, within(1e-12));
    assertThat(new BracketGrammar(4).divergencePerByte(GRAMMAR)).isInfinite();
    assertThat(GRAMMAR.divergencePerByte(new BracketGrammar(4))).isPositive().isFinite();
  }
}
