package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.interact.Content;
import dev.ebt.interact.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final OutputPrinter printer = new OutputPrinter(stream(out), stream(err));

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
