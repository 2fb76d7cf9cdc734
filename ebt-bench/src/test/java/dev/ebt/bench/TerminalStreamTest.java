package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalStreamTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private String shown(TerminalStream stream, String... texts) {
    PrintStream out = new PrintStream(stream, true, StandardCharsets.UTF_8);
    for (String text : texts) {
      out.print(text);
      out.flush();
    }
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @Test
  void controlCharactersAreShownInsteadOfSent() {
    assertThat(
            shown(TerminalStream.of(terminal), "a\u001b[2J\u0007\b\u0000\u007f\u009b1m\rb\nc\td"))
        .isEqualTo("a\\u001b[2J\\u0007\\u0008\\u0000\\u007f\\u009b1m\\u000db\nc\td");
  }

  @Test
  void allOtherTextIsSentAsItIs() {
    String text = "Ünïcödé\u00a0© ключ 漢字 😀 ⏎\r\n";

    assertThat(shown(TerminalStream.of(terminal), text)).isEqualTo(text);
  }

  @Test
  void aSequenceInPiecesIsShownToo() {
    byte[] csi = "\u009b".getBytes(StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(TerminalStream.of(terminal), true, StandardCharsets.UTF_8);
    for (byte b : csi) {
      out.write(b);
      out.flush();
    }

    assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualTo("\\u009b");
  }

  @Test
  void aLineOfProgressMayReturnToItsBeginning() {
    assertThat(shown(TerminalStream.withCarriageReturns(terminal), "\r10 %", "\r20 %", "\u001b[A"))
        .isEqualTo("\r10 %\r20 %\\u001b[A");
  }
}
