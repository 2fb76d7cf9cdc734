package dev.ebt.bench.cluster;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Another process of this program that answers lines with lines. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;

  private ChildProcess(Process process) {
    this.process = process;
    this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.from = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a process, whose errors appear among those of this one.
   *
   * @param main the name of its main class
   * @param options of Java
   * @param ports those of its cluster, at one of which it listens
   */
  public static ChildProcess start(
      String main, List<String> options, List<String> arguments, ReservedPorts ports) {
    List<String> line = new ArrayList<>(JavaCommand.of(main, options.toArray(String[]::new)));
    line.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
      ports.share(builder.environment());
      return new ChildProcess(builder.start());
    } catch (IOException e) {
      throw new UserException("no process can be started: " + ReasonText.of(e), e);
    }
  }

  /** Sends a line. */
  public void send(String line) {
    to.println(line);
  }

  /**
   * Waits for a line.
   *
   * @throws UserException if the process has ended
   */
  public String receive() {
    try {
      String line = from.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      // It has ended, too.
    }
    throw new UserException("process " + process.pid() + " has ended before it answered");
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
