package dev.ebt.bench.worker;

import dev.ebt.bench.command.Interrupt;
import dev.ebt.bench.command.Signals;
import dev.ebt.bench.console.CommandLineLogging;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.RunDirectory;
import dev.ebt.sweep.RunWorkers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The program that trains one run of a sweep. It saves and ends when it is asked to by a signal,
 * and when its standard input ends: that is a pipe from the sweep, which ends also if the sweep is
 * killed.
 */
public final class TrainingWorker {
  private static final int MISTAKE = 2;

  private TrainingWorker() {}

  /**
   * Trains a run.
   *
   * @param args the configuration to begin with, the folder of the run, the last update, and the
   *     jars and folders of further plugins
   */
  public static void main(String[] args) {
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    CommandLineLogging.use();
    Signals.endAtOnce();
    StandardStreams streams = StandardStreams.system();
    try {
      Path run = Path.of(args[1]);
      streams.out().printf(Locale.ROOT, "training %s to update %s%n", run, args[2]);
      List<Path> plugins = Arrays.stream(args).skip(3).map(Path::of).toList();
      try (TrainingJob job = opened(Plugins.discover(plugins), Path.of(args[0]), run)) {
        train(job, Long.parseLong(args[2]), streams);
      }
      System.exit(0);
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage()).replaceAll("\\s*\n\\s*", "; ");
      streams.err().println(RunWorkers.REFUSED + message);
      System.exit(MISTAKE);
    }
  }

  private static TrainingJob opened(Catalog catalog, Path configuration, Path run) {
    return RunDirectory.isPresent(run)
        ? TrainingJob.resume(catalog, run, null, Overrides.none())
        : TrainingJob.begin(catalog, TrainingRequest.ofFile(configuration).withOut(run));
  }

  private static void train(TrainingJob job, long until, StandardStreams streams) {
    Thread watching = new Thread(() -> stopAtEnd(streams.in(), job), "end of the sweep");
    watching.setDaemon(true);
    watching.start();
    TrainingJob.Outcome outcome;
    try (Interrupt interrupt = Interrupt.install(job::stop)) {
      outcome = job.runUntil(until, new TrainingListener() {});
    }
    streams.out().printf(Locale.ROOT, "%s after update %d%n", outcome.end().word(), outcome.step());
  }

  private static void stopAtEnd(InputStream in, TrainingJob job) {
    try {
      in.transferTo(OutputStream.nullOutputStream()); // Nothing is sent; this waits for the end.
    } catch (IOException e) {
      // The pipe is broken: the sweep is gone.
    }
    job.stop();
  }
}
