package dev.ebt.bench.cluster;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a training on this machine, as children of this process, with equal shares of
 * the processors. The first one has the streams of this process; what the others print is shown if
 * they fail.
 */
public final class LocalProcesses {
  private static final int ENDING_SECONDS = 15;

  /** How long the first process may validate and save once another one has failed. */
  private static final int SAVING_SECONDS = 600;

  /** The exit code of a process that a signal has ended, less the number of the signal. */
  private static final int SIGNALS = 128;

  /** The exit code after Ctrl-C. */
  private static final int INTERRUPTED = 130;

  /** How many of the last lines of a process that has failed are shown. */
  private static final int LINES = 20;

  /** The name of the main class. A reference to the class would be a cycle of packages. */
  private static final String MAIN = "dev.ebt.bench.Ebt";

  private final PrintStream err;

  /**
   * Creates a starter.
   *
   * @param err where failures of other processes than the first are shown
   */
  public LocalProcesses(PrintStream err) {
    this.err = err;
  }

  /**
   * Runs processes until the first has ended.
   *
   * @param arguments of each process, to which its cluster and number are added
   * @return the exit code
   */
  public int run(int count, List<String> arguments) {
    List<Process> processes = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    try (ReservedPorts ports = new ReservedPorts(count)) {
      for (int rank = 0; rank < count; rank++) {
        Path log = Files.createTempFile("ebt-process-" + rank + "-", ".log");
        logs.add(log);
        processes.add(start(ports, rank, log, arguments));
      }
      return awaited(processes, logs);
    } catch (IOException e) {
      throw new UserException("no process can be started: " + ReasonText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while the processes trained", e);
    } finally {
      processes.forEach(Process::destroyForcibly);
      logs.forEach(log -> log.toFile().delete());
    }
  }

  private Process start(ReservedPorts ports, int rank, Path log, List<String> arguments)
      throws IOException {
    List<String> cluster = ports.addresses();
    List<String> line = new ArrayList<>();
    line.addAll(
        JavaCommand.of(MAIN, JavaCommand.processorShare(cluster.size()), ParentProcess.option()));
    line.addAll(arguments);
    line.addAll(List.of("--cluster", String.join(",", cluster), "--rank", Integer.toString(rank)));
    ProcessBuilder builder = new ProcessBuilder(line);
    // At the default of the launcher TensorFlow reports a lost process in lines of its own.
    builder.environment().replace("TF_CPP_MIN_LOG_LEVEL", "2", "3");
    ports.share(builder.environment());
    if (rank == 0) {
      return builder.inheritIO().start();
    }
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Waits for the first process, which also ends when another one does. */
  private int awaited(List<Process> processes, List<Path> logs) throws InterruptedException {
    Process first = processes.get(0);
    CompletableFuture<?>[] ends =
        processes.stream().map(Process::onExit).toArray(CompletableFuture[]::new);
    CompletableFuture.anyOf(ends).join();
    int failed = first.isAlive() ? failed(processes) : 0;
    if (!first.waitFor(failed > 0 ? ENDING_SECONDS : Long.MAX_VALUE, TimeUnit.SECONDS)) {
      first.destroy(); // It saves the last complete update and ends.
      first.waitFor(SAVING_SECONDS, TimeUnit.SECONDS);
    }
    int seconds = !first.isAlive() && first.exitValue() == 0 ? ENDING_SECONDS : 1;
    for (Process process : processes) {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    int code = first.isAlive() ? 1 : first.exitValue();
    if (failed > 0) {
      boolean reported = code > 0 && code < SIGNALS; // The first one has named what it lost.
      report(failed, processes.get(failed).exitValue(), output(logs.get(failed)), reported);
    }
    if (failed == 0 && code > SIGNALS && code != INTERRUPTED) {
      err.printf(
          Locale.ROOT,
          "ebt: process 0 of %d was ended by signal %d; resume the run by --resume%n",
          processes.size(),
          code - SIGNALS);
    }
    return code == 0 && failed > 0 ? processes.get(failed).exitValue() : code;
  }

  /** Returns the number of a process that has failed; 0 if none has. */
  private static int failed(List<Process> processes) {
    for (int i = 1; i < processes.size(); i++) {
      if (!processes.get(i).isAlive() && processes.get(i).exitValue() != 0) {
        return i;
      }
    }
    return 0;
  }

  /** Returns the output of a process, in which native libraries may write any bytes. */
  private static String output(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "its output cannot be read: " + ReasonText.of(e);
    }
  }

  /**
   * Writes how a process has ended, and its last lines.
   *
   * @param detail whether this belongs to a message that the first process has written
   */
  private void report(int process, int code, String output, boolean detail) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    err.printf(
        Locale.ROOT,
        "%sprocess %d %s%s%n",
        detail ? "  " : "ebt: ",
        process,
        code > SIGNALS ? "was ended by signal " + (code - SIGNALS) : "has ended with code " + code,
        last.isEmpty() ? "" : ":");
    last.forEach(line -> err.println((detail ? "    " : "  ") + line));
  }
}
