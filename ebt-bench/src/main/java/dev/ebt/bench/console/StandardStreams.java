package dev.ebt.bench.console;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of a command line.
 *
 * @param in standard input
 * @param out the results of commands
 * @param err messages and progress
 * @param terminal the terminal that they belong to
 */
public record StandardStreams(
    InputStream in, PrintStream out, PrintStream err, ConsoleTerminal terminal) {

  /** Creates streams without a terminal. */
  public StandardStreams(InputStream in, PrintStream out, PrintStream err) {
    this(in, out, err, ConsoleTerminal.none());
  }

  /** Returns the streams of this process at the time of the call, taken for no terminal. */
  public static StandardStreams system() {
    return new StandardStreams(System.in, System.out, System.err);
  }

  /** Returns these streams on a terminal. */
  public StandardStreams on(ConsoleTerminal other) {
    return new StandardStreams(in, out, err, other);
  }
}
