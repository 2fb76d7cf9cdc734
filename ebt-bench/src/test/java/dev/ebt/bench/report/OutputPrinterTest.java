package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.error.UserException;
import dev.ebt.interact.Content;
import dev.ebt.interact.Explanation;
import dev.ebt.interact.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final OutputPrinter printer =
      new OutputPrinter(
          new StandardStreams(InputStream.nullInputStream(), stream(out), stream(err)));

  @TempDir Path folder;

  private record Bytes(String text) implements Content {
    @Override
    public String mediaType() {
      return "text/plain";
    }

    @Override
    public byte[] encode() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void piecesOfATextFollowEachOtherAndItsLineIsEndedOnce() {
    printer.add(new Output.Text("a"));
    printer.add(new Output.Text("b"));
    printer.note("note");
    printer.table(List.of(Map.of("steps", 2)));
    printer.add(new Output.Text(""));
    printer.end();
    printer.end();

    assertThat(text(out)).startsWith("ab\nnote\n   steps\n       2\n").endsWith("\n\n");
  }

  @Test
  void explainedPieceHasWhatElseWasConsidered() {
    Explanation explanation =
        new Explanation(
            List.of(2.0, 1.0),
            0.75,
            List.of(
                new Explanation.Likely(" a", 0.75),
                new Explanation.Likely("b", 0.25),
                new Explanation.Likely("c", 1e-9)),
            List.of(
                new Explanation.Candidate(" a", List.of(2.0, 1.0), true),
                new Explanation.Candidate("b", List.of(3.0, 1.5), false)));
    printer.add(new Output.Text("It"));
    printer.add(new Output.ExplainedText(" a", " a", explanation));
    printer.end();

    assertThat(text(out))
        .isEqualTo(
            """
            It
            token       prob.  energy before thinking and after each step; lower is better
            ␣a          0.750  █▁   2.0000   1.0000
                       likely  ␣a 0.750  b 0.250
                       candidate  ␣a  █▁   2.0000   1.0000  selected
                       candidate  b  █▁   3.0000   1.5000
            """);
  }

  @Test
  void examplesShareTheNoteOnTheirEnergies() {
    printer.add(new Output.Example("p", "t", Explanation.of(List.of(1.0, 0.5))));
    printer.add(new Output.Example("p", "t", Explanation.of(List.of())));
    printer.end();

    assertThat(text(out))
        .isEqualTo(
            """
            predicted p
            target    t
            energy    █▁   1.0000   0.5000
            predicted p
            target    t
            energy before thinking and after each step; lower is better
            """);
  }

  @Test
  void manyStepsAreShownByEverySoMany() {
    List<Double> energies = IntStream.rangeClosed(0, 100).mapToObj(i -> 100.0 - i).toList();
    printer.add(new Output.Example("p", "t", Explanation.of(energies)));
    printer.end();

    assertThat(text(out))
        .containsPattern("energy    [^ ]{13} 100.0000  91.0000 .*   1.0000   0.0000  every 9 steps")
        .contains("every 9 steps, 100 in all\n");
  }

  @Test
  void warningsAreApartFromResults() {
    printer.add(new Output.Warning("the prompt is long"));

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("ebt: the prompt is long\n");
  }

  @Test
  void filesAreWrittenIntoNewFoldersAndNamed() throws IOException {
    Path file = folder.resolve("new/curve.svg");
    printer.add(new Output.File(file, new Bytes("<svg/>"), ": a curve"));

    assertThat(Files.readString(file)).isEqualTo("<svg/>");
    assertThat(text(out)).isEqualTo(file + ": a curve\n");
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithTheRemedy() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    Path within = file.resolve("curve.svg");
    assertThatThrownBy(() -> printer.add(new Output.File(within, new Bytes("<svg/>"), "")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(within + " cannot be written: ")
        .hasMessageEndingWith("Choose another --out");
    assertThat(Files.readString(file)).isEqualTo("kept");
  }
}
