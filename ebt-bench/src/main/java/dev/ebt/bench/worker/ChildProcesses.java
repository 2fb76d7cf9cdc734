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

  /**
   * Returns the command line of a worker, without its arguments. One of several trainings has its
   * share of the processors, since with threads for all of them they would wait for each other.
   *
   * @param parallel the trainings at the same time, this one included
   */
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
