package dev.ebt.bench;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A UTF-8 stream to a terminal that displays control characters as {@code \}{@code u001b} instead
 * of sending them: generated text or file contents could otherwise move the cursor, change the
 * title, or overwrite earlier output. Line breaks and tabs are unchanged.
 */
final class TerminalStream extends OutputStream {
  /** The first byte of the control characters U+0080 to U+009F in UTF-8. */
  private static final int LEAD = 0xC2;

  private static final int NONE = -1;

  private final OutputStream terminal;
  private final boolean carriageReturns;

  /** A pending byte whose meaning depends on the next one: {@link #LEAD}, or a carriage return. */
  private int held = NONE;

  private TerminalStream(OutputStream terminal, boolean carriageReturns) {
    this.terminal = terminal;
    this.carriageReturns = carriageReturns;
  }

  /** Returns a stream for results. */
  static TerminalStream of(OutputStream terminal) {
    return new TerminalStream(terminal, false);
  }

  /** Returns a stream for results and a progress line. */
  static TerminalStream withCarriageReturns(OutputStream terminal) {
    return new TerminalStream(terminal, true);
  }

  /** Returns whether standard output is a terminal, as the launcher, or else Java, found it. */
  static boolean outputIsTerminal() {
    String found = System.getProperty("ebt.output.terminal");
    return found == null ? consoleIsTerminal() : Boolean.parseBoolean(found);
  }

  /** From Java 22 on there is a console without a terminal, too, whose isTerminal() is false. */
  @SuppressWarnings("SystemConsoleNull") // Handled below.
  private static boolean consoleIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
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
