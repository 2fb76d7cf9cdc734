package dev.ebt.bench;

import dev.ebt.bench.application.Application;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Trains in this process, which takes less time than starting others. */
class SameProcessWorkers implements RunWorkers {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  /** The trainings that were begun or resumed, each with its last update. */
  final List<String> begun = new ArrayList<>();

  @Override
  public RunWorker start(Order order) {
    begun.add(order.run().getFileName() + " to " + order.until());
    try (TrainingJob job =
        RunDirectory.isPresent(order.run())
            ? TrainingJob.resume(CATALOG, order.run(), null, Overrides.none())
            : TrainingJob.begin(
                CATALOG, TrainingRequest.ofFile(order.configuration()).withOut(order.run()))) {
      job.runUntil(order.until(), new TrainingListener() {});
    } catch (UserException e) {
      write(order.log(), "ebt: " + e.getMessage());
    }
    return ended();
  }

  /** Does nothing but to say why. */
  final RunWorker refused(Order order, String why) {
    begun.add(order.run().getFileName() + " refused");
    write(order.log(), "ebt: " + why);
    return ended();
  }

  private static RunWorker ended() {
    return new RunWorker() {
      @Override
      public boolean await(Duration time) {
        return true;
      }

      @Override
      public void stop() {}
    };
  }

  private static void write(Path log, String text) {
    try {
      Files.writeString(log, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command whose trainings these workers do. */
  static Commands ebt(RunWorkers workers, String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int code =
        Ebt.execute(
            Application.of(streams, binder -> binder.bind(RunWorkers.class).toInstance(workers)),
            line);
    return new Commands(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
