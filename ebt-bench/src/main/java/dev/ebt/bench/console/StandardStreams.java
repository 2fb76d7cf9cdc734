package dev.ebt.bench.console;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of a command line.
 *
 * @param in standard input
 * @param out the results of commands
 * @param err messages and progress
 */
public record StandardStreams(InputStream in, PrintStream out, PrintStream err) {

  /** Returns the streams of this process at the time of the call. */
  public static StandardStreams system() {
    return new StandardStreams(System.in, System.out, System.err);
  }
}
