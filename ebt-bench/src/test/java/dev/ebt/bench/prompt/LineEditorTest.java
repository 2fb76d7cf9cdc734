package dev.ebt.bench.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineEditorTest {
  private static final String UP = "\u001b[A";

  @TempDir Path folder;

  private LineReader reader(String typed) throws IOException {
    Terminal terminal =
        new ExternalTerminal(
            "test",
            "ansi",
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8);
    return LineEditor.reader(
        terminal, List.of("/set steps", "/quit"), Optional.of(folder.resolve("history")));
  }

  @Test
  void quotesBackslashesAndExclamationMarksAreText() throws IOException {
    assertThat(reader("\"it's !! \\\r").readLine("> ")).isEqualTo("\"it's !! \\");
  }

  @Test
  void pastedLinesAreOneInput() throws IOException {
    assertThat(reader("\u001b[200~ROMEO:\rBut soft\u001b[201~\r").readLine("> "))
        .isEqualTo("ROMEO:\nBut soft");
  }

  @Test
  void historyIsKeptBetweenSessions() throws IOException {
    reader("ROMEO:\r").readLine("> ");

    assertThat(Files.readString(folder.resolve("history"))).contains("ROMEO:");
    assertThat(reader(UP + "!\r").readLine("> ")).isEqualTo("ROMEO:!");
  }

  @Test
  void commandsAreCompletedWordByWord() throws IOException {
    assertThat(reader("/s\tst\t4\r").readLine("> ")).isEqualTo("/set steps 4");
  }

  @Test
  void endOfInputIsTheEnd() throws IOException {
    LineReader reader = reader("\u0004");

    assertThatThrownBy(() -> reader.readLine("> ")).isInstanceOf(EndOfFileException.class);
  }
}
