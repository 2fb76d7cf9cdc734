package dev.ebt.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A stream of UTF-8 to a terminal that shows control characters as {@code \}{@code u001b} instead
 * of sending them: what a model learnt or a file holds could otherwise move the cursor, change the
 * title, or write over what was printed. Lines and tabs are left as they are.
 */
final class TerminalStream extends OutputStream {
  /** In UTF-8 the control characters U+0080 to U+009F begin with this byte. */
  private static final int LEAD = 0xC2;

  private static final int NONE = -1;

  private final OutputStream terminal;
  private final boolean carriageReturns;

  /** A byte whose meaning the next one decides: {@link #LEAD}, or a carriage return. */
  private int held = NONE;

  private TerminalStream(OutputStream terminal, boolean carriageReturns) {
    this.terminal = terminal;
    this.carriageReturns = carriageReturns;
  }

  /** A stream for results. */
  static TerminalStream of(OutputStream terminal) {
    return new TerminalStream(terminal, false);
  }

  /** A stream that carries a line of progress, too. */
  static TerminalStream withCarriageReturns(OutputStream terminal) {
    return new TerminalStream(terminal, true);
  }

  /** Whether standard output is a terminal, as the launcher, or else Java, found it. */
  static boolean outputIsTerminal() {
    String found = System.getProperty("ebt.output.terminal");
    return found == null ? System.console() != null : Boolean.parseBoolean(found);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    ByteArrayOutputStream visible = new ByteArrayOutputStream(count + 16);
    for (int i = from; i < from + count; i++) {
      put(bytes[i] & 0xFF, visible);
    }
    terminal.write(visible.toByteArray());
  }

  private void put(int value, ByteArrayOutputStream visible) {
    int before = held;
    held = NONE;
    if (before == LEAD && value >= 0x80 && value < 0xA0) {
      show(value, visible);
      return;
    }
    if (before == LEAD || before == '\r' && value == '\n') {
      visible.write(before);
    } else if (before == '\r') {
      show('\r', visible);
    }
    boolean carriageReturn = value == '\r';
    if (value == LEAD || carriageReturn && !carriageReturns) {
      held = value;
    } else if (value >= ' ' && value != 0x7F || value == '\n' || value == '\t' || carriageReturn) {
      visible.write(value);
    } else {
      show(value, visible);
    }
  }

  private static void show(int character, ByteArrayOutputStream visible) {
    String shown = String.format(Locale.ROOT, "\\u%04x", character);
    visible.writeBytes(shown.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void flush() throws IOException {
    terminal.flush();
  }
}
