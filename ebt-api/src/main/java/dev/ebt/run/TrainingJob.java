package dev.ebt.run;

import dev.ebt.backend.Cluster;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.RunHistory;
import dev.ebt.train.DivergedException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A single training that can be run and stopped: its parts are created and checked, and their
 * configuration is written to the folder of the run. Closing it frees all of them.
 *
 * <pre>{@code
 * try (TrainingJob job = TrainingJob.begin(catalog, request)) {
 *   TrainingJob.Outcome outcome = job.run(listener);
 * }
 * }</pre>
 */
public final class TrainingJob implements AutoCloseable {
  private final Components components;
  private final ResolvedConfiguration resolved;
  private final TrainingRun run;
  private final boolean quick;
  private volatile boolean stopping;

  /** The ways in which a training ends. */
  public enum End {
    /** All updates are done. */
    COMPLETE,
    /** A monitor has ended it early. */
    MONITOR,
    /** A quick training has taken as long as it may. */
    TIME_LIMIT,
    /** It was asked to stop, or could not do a first update within its time. */
    STOPPED;

    /** Returns the word for it in files and JSON: {@code time-limit}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The outcome of a training.
   *
   * @param step the updates that are done and saved
   * @param reason the reason of the monitor that ended it; empty if none did
   */
  public record Outcome(long step, End end, String reason) {
    private RunHistory.End recorded() {
      return new RunHistory.End(step, end.word(), reason);
    }
  }

  private TrainingJob(
      Components components, ResolvedConfiguration resolved, TrainingRun run, boolean quick) {
    this.components = components;
    this.resolved = resolved;
    this.run = run;
    this.quick = quick;
  }

  /**
   * Begins a training in a new folder.
   *
   * @throws dev.ebt.error.UserException if its configuration or data do not work; nothing is
   *     written then
   */
  public static TrainingJob begin(Catalog catalog, TrainingRequest request) {
    return begin(catalog, request, request.resolve(catalog));
  }

  /** Begins a training whose request was resolved before. */
  public static TrainingJob begin(
      Catalog catalog, TrainingRequest request, ResolvedConfiguration resolved) {
    return begin(catalog, request, resolved, null);
  }

  /**
   * Begins a training whose request was resolved before, as the first of several processes.
   *
   * @param cluster the processes; null if there is only this one
   */
  public static TrainingJob begin(
      Catalog catalog,
      TrainingRequest request,
      ResolvedConfiguration resolved,
      @Nullable Cluster cluster) {
    LazyProcessGroup shared = new LazyProcessGroup(cluster);
    NewTraining training = NewTraining.of(catalog, request, resolved, shared);
    return opened(
        training.components(),
        training.configuration(),
        request.quick(),
        shared,
        WarmStart::check,
        parts -> {
          Path folder = request.folder(training.configuration());
          RunDirectory directory =
              training
                  .components()
                  .own(
                      RunDirectory.create(
                          folder, Configurations.write(parts.configuration()), parts.files()));
          return TrainingRun.begin(parts, directory);
        });
  }

  /**
   * Resumes a training from a checkpoint of its run, or begins it again if there is none yet.
   *
   * @param checkpoint {@code latest}, {@code latest-good}, {@code best}, a step, or a folder's
   *     name; null for the latest
   * @param overrides changes of the run's configuration
   * @throws dev.ebt.error.UserException if there is no such run or checkpoint, if the run is
   *     finished, or a change would make it another run
   */
  public static TrainingJob resume(
      Catalog catalog, Path path, @Nullable String checkpoint, Overrides overrides) {
    return resume(catalog, path, checkpoint, overrides, null);
  }

  /**
   * Resumes a training as the first of several processes.
   *
   * @param cluster the processes; null if there is only this one
   */
  public static TrainingJob resume(
      Catalog catalog,
      Path path,
      @Nullable String checkpoint,
      Overrides overrides,
      @Nullable Cluster cluster) {
    RunDirectory directory = RunDirectory.resume(path);
    ResolvedConfiguration resolved;
    Components components;
    try {
      resolved = Configurations.read(catalog, null, directory.configuration(), overrides);
      components = Components.of(catalog, resolved, path);
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
    components.own(directory);
    return opened(
        components,
        resolved,
        false,
        new LazyProcessGroup(cluster),
        parts ->
            WarmStart.checkResumed(parts, directory, checkpoint == null ? "latest" : checkpoint),
        parts ->
            checkpoint == null
                ? TrainingRun.resume(parts, directory)
                : TrainingRun.resume(parts, directory, checkpoint));
  }

  /** Begins a training by the configuration and the files of a run, in a new folder. */
  static TrainingJob repeat(Catalog catalog, Path run, Path out) {
    ResolvedConfiguration resolved =
        Configurations.read(catalog, null, ModelFolder.configuration(run), Overrides.none());
    LocalSteps.checkRepeatable(resolved.configuration().training().localSteps());
    Components components = Components.of(catalog, resolved, run);
    return opened(
        components,
        resolved,
        false,
        new LazyProcessGroup(null),
        WarmStart::check,
        parts ->
            TrainingRun.begin(
                parts,
                components.own(
                    RunDirectory.create(
                        out, Configurations.write(parts.configuration()), parts.files()))));
  }

  /** Opens a run with its checked parts. */
  private interface Opening {
    TrainingRun open(RunParts parts);
  }

  private static TrainingJob opened(
      Components components,
      ResolvedConfiguration resolved,
      boolean quick,
      LazyProcessGroup shared,
      Consumer<RunParts> weights,
      Opening opening) {
    try {
      RunParts parts = components.get(RunParts.class);
      components.own(shared); // Closed before the parts.
      shared.prepare(parts, weights);
      return new TrainingJob(components, resolved, components.own(opening.open(parts)), quick);
    } catch (RuntimeException | Error e) {
      try {
        components.close();
        shared.close();
      } catch (RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** Returns the configuration, with the origins of its values. */
  public ResolvedConfiguration configuration() {
    return resolved;
  }

  /** Returns the parts that are trained, and the data. */
  public RunParts parts() {
    return run.parts();
  }

  /** Returns the training in its folder. */
  public TrainingRun training() {
    return run;
  }

  /** Asks the training to save and end after the update in progress; from any thread. */
  public void stop() {
    stopping = true;
  }

  /**
   * Trains until all updates are done, the time is up or {@link #stop} is called, and saves.
   *
   * @param listener notified of every event after it was recorded
   */
  public Outcome run(TrainingListener listener) {
    return run(listener, Optional::empty, limit());
  }

  /**
   * Trains like {@link #run(TrainingListener)}.
   *
   * @param sample returns what the model produces at present, for monitors; empty if there is
   *     nothing to show
   */
  public Outcome run(TrainingListener listener, Supplier<Optional<ModelSample>> sample) {
    return run(listener, sample, limit());
  }

  /**
   * Trains like {@link #run(TrainingListener)}, but stops after an update, where the training can
   * be resumed. The learning rate is that of the whole training.
   *
   * @param step the last update
   */
  public Outcome runUntil(long step, TrainingListener listener) {
    return run(new UntilStep(step, this::stop, listener));
  }

  private BooleanSupplier limit() {
    return quick ? new QuickTraining()::over : () -> false;
  }

  /** Trains like {@link #run(TrainingListener)}, with a limit of time. */
  Outcome run(TrainingListener listener, BooleanSupplier timeIsUp) {
    return run(listener, Optional::empty, timeIsUp);
  }

  private Outcome run(
      TrainingListener listener, Supplier<Optional<ModelSample>> sample, BooleanSupplier timeIsUp) {
    run.history().begin(run.done(), Provenance.of(parts()));
    try {
      Outcome outcome = trained(listener, sample, timeIsUp);
      run.history().end(outcome.recorded());
      return outcome;
    } catch (RuntimeException | Error e) {
      recordFailure(e);
      throw e;
    }
  }

  /** Records a failure, unless that fails too, for instance because the disk is full. */
  private void recordFailure(Throwable failure) {
    try {
      String message = failure instanceof UserException ? failure.getMessage() : null;
      String reason = message == null ? failure.toString() : message;
      boolean diverged =
          failure instanceof DivergedException || failure.getCause() instanceof DivergedException;
      String how = diverged ? "diverged" : "failed";
      run.history().end(new RunHistory.End(run.saved(), how, reason));
    } catch (UserException e) {
      failure.addSuppressed(e);
    }
  }

  private Outcome trained(
      TrainingListener listener, Supplier<Optional<ModelSample>> sample, BooleanSupplier timeIsUp) {
    long step = run.train(() -> stopping || timeIsUp.getAsBoolean(), listener, sample);
    if (step >= parts().configuration().training().steps()) {
      return new Outcome(step, End.COMPLETE, "");
    }
    if (run.stopReason().isPresent()) {
      return new Outcome(step, End.MONITOR, run.stopReason().get());
    }
    boolean late = !stopping && step > 0 && timeIsUp.getAsBoolean();
    return new Outcome(step, late ? End.TIME_LIMIT : End.STOPPED, "");
  }

  /** Frees the run's programs, lock and parts, the last one first. */
  @Override
  public void close() {
    components.close();
  }
}
