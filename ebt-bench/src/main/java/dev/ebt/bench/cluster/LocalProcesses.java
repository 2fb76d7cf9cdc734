package dev.ebt.bench.cluster;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The processes of a training on this machine, as children of this process, with equal shares of
 * the processors. The first one has the streams of this process; what the others print is shown if
 * they fail.
 */
public final class LocalProcesses {
  /** The system property of processes that this class has started. */
  private static final String SUPERVISED = "ebt.supervised";

  private static final int ENDING_SECONDS = 15;

  /** The main class, which knows all commands, and none of them knows it. */
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
    String cluster =
        FreePorts.several(count).stream()
            .map(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    List<Process> processes = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    try {
      for (int rank = 0; rank < count; rank++) {
        Path log = Files.createTempFile("ebt-process-" + rank + "-", ".log");
        logs.add(log);
        processes.add(start(count, rank, log, cluster, arguments));
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

  /** Calls an action once the process that has started this one as one of several has ended. */
  public static void whenParentEnds(Runnable action) {
    if (Boolean.getBoolean(SUPERVISED)) {
      ProcessHandle.current().parent().ifPresent(parent -> watch(parent, action));
    }
  }

  private static void watch(ProcessHandle parent, Runnable action) {
    Thread watching =
        new Thread(
            () -> {
              parent.onExit().join();
              action.run();
            },
            "ebt-parent");
    watching.setDaemon(true);
    watching.start();
  }

  private Process start(int count, int rank, Path log, String cluster, List<String> arguments)
      throws IOException {
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
    List<String> line = new ArrayList<>();
    line.addAll(
        JavaCommand.of(
            MAIN, "-XX:ActiveProcessorCount=" + processors, "-D" + SUPERVISED + "=true"));
    line.addAll(arguments);
    line.addAll(List.of("--cluster", cluster, "--rank", Integer.toString(rank)));
    ProcessBuilder builder = new ProcessBuilder(line);
    // At the default of the launcher TensorFlow reports a lost process in lines of its own.
    builder.environment().replace("TF_CPP_MIN_LOG_LEVEL", "2", "3");
    if (rank == 0) {
      return builder.inheritIO().start();
    }
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Waits for the first process, which also ends when another one does. */
  private int awaited(List<Process> processes, List<Path> logs)
      throws IOException, InterruptedException {
    Process first = processes.get(0);
    CompletableFuture<?>[] ends =
        processes.stream().map(Process::onExit).toArray(CompletableFuture[]::new);
    CompletableFuture.anyOf(ends).join();
    int failed = first.isAlive() ? failed(processes) : 0;
    if (!first.waitFor(failed > 0 ? ENDING_SECONDS : Long.MAX_VALUE, TimeUnit.SECONDS)) {
      first.destroy();
      first.waitFor(ENDING_SECONDS, TimeUnit.SECONDS);
    }
    int patience = !first.isAlive() && first.exitValue() == 0 ? ENDING_SECONDS : 1;
    for (Process process : processes) {
      if (!process.waitFor(patience, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    if (failed > 0) {
      report(failed, processes.get(failed).exitValue(), Files.readString(logs.get(failed)));
    }
    int code = first.isAlive() ? 1 : first.exitValue();
    if (failed == 0 && code > 128 && code != 130) {
      err.printf(
          Locale.ROOT,
          "ebt: process 0 of %d was ended by signal %d; resume the run by --resume%n",
          processes.size(),
          code - 128);
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

  private void report(int process, int code, String log) {
    String last =
        log.lines().filter(line -> !line.isBlank()).reduce((before, line) -> line).orElse("");
    err.printf(
        Locale.ROOT,
        "ebt: process %d has ended with code %d%s%n",
        process,
        code,
        last.isEmpty() ? " and said nothing" : ": " + last.replaceFirst("^ebt: ", ""));
  }
}
