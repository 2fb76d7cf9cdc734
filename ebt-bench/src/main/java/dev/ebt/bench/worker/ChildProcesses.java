package dev.ebt.bench.worker;

import dev.ebt.bench.cluster.JavaCommand;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.sweep.RunWorkers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Trains each run in a process of its own: a crash of a native library, or a run out of memory,
 * ends one run and not the sweep, memory is returned to the system, and runs do not share threads.
 * A start takes one or two seconds.
 */
public final class ChildProcesses implements RunWorkers {
  private final Supplier<List<Path>> plugins;

  /**
   * Creates a starter of processes.
   *
   * @param plugins returns jars and folders with further plugins
   */
  public ChildProcesses(Supplier<List<Path>> plugins) {
    this.plugins = plugins;
  }

  @Override
  public RunWorker start(Order order) {
    List<String> line = new ArrayList<>(command(order.parallel()));
    line.addAll(
        List.of(
            order.configuration().toString(),
            order.run().toString(),
            Long.toString(order.until())));
    plugins.get().forEach(path -> line.add(path.toString()));
    try {
      return new Child(
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(order.log().toFile()))
              .start());
    } catch (IOException e) {
      throw new UserException("no process can be started: " + ReasonText.of(e), e);
    }
  }

  /** Threads of several trainings that wait for each other would take the time of all. */
  static List<String> command(int parallel) {
    String main = TrainingWorker.class.getName();
    return parallel == 1
        ? JavaCommand.of(main)
        : JavaCommand.of(main, JavaCommand.processorShare(parallel));
  }

  /** A process, which saves and ends when its input ends. */
  private record Child(Process process) implements RunWorker {
    @Override
    public boolean await(Duration time) throws InterruptedException {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
      try (OutputStream input = process.getOutputStream()) {
        input.flush();
      } catch (IOException e) {
        // It has ended.
      }
    }
  }
}
