package dev.ebt.bench.console;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal at a command line, as far as there is one.
 *
 * @param input whether standard input is a terminal; empty if this is not known
 * @param output whether standard output is a terminal
 * @param columns the width of the terminal
 * @param escapes a stream to standard output for escape sequences, which must contain no data; null
 *     where colors are not wanted or not understood
 */
public record ConsoleTerminal(
    Optional<Boolean> input, boolean output, int columns, @Nullable PrintStream escapes) {
  private static final int USUAL_COLUMNS = 80;

  /** Returns a command line without a terminal, whose input is not known. */
  public static ConsoleTerminal none() {
    return new ConsoleTerminal(Optional.empty(), false, USUAL_COLUMNS, null);
  }

  /**
   * Returns the terminal of this process, as the launcher found it.
   *
   * @param output whether standard output is a terminal
   * @param escapes standard output as it is
   */
  public static ConsoleTerminal ofProcess(boolean output, PrintStream escapes) {
    int columns = Integer.getInteger("ebt.columns", 0);
    return new ConsoleTerminal(
        Optional.ofNullable(System.getProperty("ebt.input.terminal")).map(Boolean::valueOf),
        output,
        columns > 0 ? columns : USUAL_COLUMNS,
        output && showsColors(System.getenv()) ? escapes : null);
  }

  /** Returns whether an environment allows colors on a terminal: see https://no-color.org. */
  static boolean showsColors(Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "");
    boolean understood =
        environment.containsKey("WT_SESSION") || !type.isEmpty() && !type.equals("dumb");
    return understood && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Returns whether a person can be asked for input. */
  public boolean isInteractive() {
    return output && input.orElse(output);
  }

  /** Returns whether standard input is known to be a file or a pipe. */
  public boolean inputIsRedirected() {
    return input.isPresent() && !input.get();
  }
}
