package dev.ebt.run;

import dev.ebt.backend.LostProcessException;
import dev.ebt.error.UserException;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.predict.Predictor;
import dev.ebt.store.AdapterBase;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.MetricsLog;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.RunHistory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.think.PredictionEvaluator;
import dev.ebt.train.CompositeMonitor;
import dev.ebt.train.Coordination;
import dev.ebt.train.DivergedException;
import dev.ebt.train.SharedUpdates;
import dev.ebt.train.Trainer;
import dev.ebt.train.TrainingSettings;
import dev.ebt.train.TrainingStepper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A training in a run directory: the loop, its metrics and its checkpoints. The last checkpoint
 * contains all that a resumed run needs to continue as if it had never stopped.
 */
public final class TrainingRun implements AutoCloseable {
  private static final String LATEST = "latest";

  private final RunParts parts;
  private final RunDirectory directory;
  private final TrainingStepper stepper;
  private final long done;
  private final @Nullable Double validationLoss;
  private final Optional<AdapterBase> base;
  private final List<String> notes;
  private @Nullable String stopReason;
  private double waitedShare;

  private TrainingRun(
      RunParts parts,
      RunDirectory directory,
      TrainingStepper stepper,
      @Nullable CheckpointMetadata progress,
      Optional<AdapterBase> base,
      List<String> notes) {
    this.base = base;
    this.notes = List.copyOf(notes);
    this.parts = parts;
    this.directory = directory;
    this.stepper = stepper;
    this.done = progress == null ? 0 : progress.step();
    this.validationLoss = progress == null ? null : progress.validationLoss();
  }

  /**
   * Begins a run from its first step, in a new directory. A step size set by hand takes precedence
   * over the one that comes with the weights of another run.
   */
  public static TrainingRun begin(RunParts parts, RunDirectory directory) {
    TrainingStepper stepper = stepper(parts);
    stepper.initialize();
    Optional<StoredCheckpoint> from = WarmStart.assign(parts);
    CheckpointValues.assignStepSize(parts);
    stepper.adapters().takeBase();
    return new TrainingRun(
        parts,
        directory,
        stepper,
        null,
        from.flatMap(stored -> WarmStart.base(parts, stored, directory.path())),
        List.of());
  }

  /**
   * Resumes a run from its latest checkpoint, or begins at the first step if there is none yet.
   *
   * @throws UserException if the run is finished, or the checkpoint is of another configuration or
   *     other data
   */
  public static TrainingRun resume(RunParts parts, RunDirectory directory) {
    if (directory.checkpoints().complete().isEmpty()) {
      directory.configure(Configurations.write(parts.configuration()), parts.files());
      return begin(parts, directory);
    }
    return resume(parts, directory, LATEST);
  }

  /**
   * Resumes a run from one of its checkpoints. Later ones are renamed.
   *
   * @param checkpoint {@code latest}, {@code latest-good}, {@code best}, a step, or a folder's name
   * @throws UserException if there is no such checkpoint, if the run is finished, or the checkpoint
   *     is damaged, of another configuration or of other data
   */
  public static TrainingRun resume(RunParts parts, RunDirectory directory, String checkpoint) {
    StoredCheckpoint stored = directory.checkpoints().named(checkpoint);
    Resumption.check(parts, directory.path(), stored);
    List<String> notes = new ArrayList<>();
    Resumption.note(directory, stored).ifPresent(notes::add);
    TrainingStepper stepper = stepper(parts);
    Optional<AdapterBase> base =
        AdapterBase.in(stored.progress())
            .map(
                adapted -> {
                  StoredCheckpoint found = adapted.read(stored.folder());
                  CheckpointValues.assign(parts, found);
                  stepper.adapters().takeBase();
                  return AdapterBase.of(found, directory.path());
                });
    RollBack.restore(parts, stepper, stored);
    CheckpointValues.assignStepSize(parts);
    MonitorStates.restore(parts, stored.progress());
    if (!checkpoint.equals(LATEST)) {
      directory
          .checkpoints()
          .setAsideAfter(stored.progress().step())
          .forEach(path -> notes.add("a later checkpoint is set aside: it is now " + path));
    }
    directory.configure(Configurations.write(parts.configuration()), parts.files());
    return new TrainingRun(parts, directory, stepper, stored.progress(), base, notes);
  }

  /** Returns the stepper of the training of these parts, whose parameters have no values yet. */
  static TrainingStepper stepper(RunParts parts) {
    return new TrainingStepper(
        parts.trainingTrace(),
        parts.backend(),
        parts.configuration().seed(),
        SharedUpdates.of(parts.processes(), parts.configuration().training()));
  }

  /** Returns the parts that are trained. */
  public RunParts parts() {
    return parts;
  }

  /** Returns the changes since the run was stopped that do not prevent resuming, one line each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns warnings about settings that are valid but will probably give poor results, one line
   * each.
   */
  public List<String> advice() {
    return done == 0
        ? ConfigurationRules.advice(parts)
        : ScheduleAdvice.ofResumed(parts.configuration());
  }

  /** Returns the steps done at the start: 0, or those of the checkpoint. */
  public long done() {
    return done;
  }

  /** Returns the number of scalars of the model's parameters. */
  public long parameterCount() {
    return stepper.parameters().stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  /** Returns the number of scalars that are trained: those of adapters instead of weights. */
  public long trainedCount() {
    return stepper.adapters().trainedCount();
  }

  /** Returns the present step size α; empty if thinking has none that is saved with the model. */
  public OptionalDouble stepSize() {
    return CheckpointValues.stepSize(parts);
  }

  /**
   * Returns whether an update of several batches can be abandoned between two of them. Regularizers
   * with a replay buffer prevent that, since rows cannot be removed from it again.
   */
  public boolean stopsBetweenBatches() {
    return stepper.stopsBetweenBatches();
  }

  /** Returns the maximum sizes of the replay buffers, one line each. */
  public List<String> memory() {
    return stepper.replayDescriptions();
  }

  /**
   * Trains to the end, or until a stop is requested; saves in both cases.
   *
   * @param listener notified of every event after it was recorded, and after the monitors
   * @return the steps done
   */
  public long train(BooleanSupplier stop, TrainingListener listener) {
    return train(stop, listener, Optional::empty);
  }

  /**
   * Trains like {@link #train(BooleanSupplier, TrainingListener)}.
   *
   * @param sample returns what the model produces at present, for monitors; empty if there is
   *     nothing to show
   */
  long train(
      BooleanSupplier stop, TrainingListener listener, Supplier<Optional<ModelSample>> sample) {
    TrainingSettings training = parts.configuration().training();
    int rows = Math.min(training.batch(), parts.dataset().validation().size());
    try (Predictor predictor = parts.predictor(rows)) {
      PredictionEvaluator evaluator = new PredictionEvaluator(predictor, parts.modality(), rows);
      StepStability stability = new StepStability(parts, stepper);
      CompositeMonitor monitors =
          new CompositeMonitor(
              parts.monitors(),
              directory.path(),
              done,
              training.steps(),
              new TrainingInspection(parts, stepper, evaluator, stability, sample),
              new WarningRecorder(directory.history(), listener));
      RollBack rollBack = new RollBack(parts, directory, stepper);
      Coordination coordination = new Coordination(parts.processes());
      long from = done;
      try {
        while (true) {
          coordination.share(
              new Coordination.State(from, monitors.isActive(), stepper.peakLearningRate()),
              stepper);
          long reached = train(from, stop, evaluator, stability, monitors);
          Optional<String> asked = monitors.takeRollBack();
          if (asked.isEmpty()) {
            coordination.announceEnd();
            monitors.end(reached);
            stopReason = monitors.stopReason().orElse(null);
            return reached;
          }
          Optional<Long> to = rollBack.take();
          if (to.isEmpty()) {
            throw new UserException(
                asked.get() + ", and the training cannot go on: " + rollBack.refusal());
          }
          from = to.get();
          monitors.rolledBack(from);
          coordination.announceRestart();
        }
      } catch (LostProcessException e) {
        throw stepper.hasReplayBuffers() ? messages().lostUnsaved(e) : messages().lost(e, from);
      }
    }
  }

  /** Trains from a number of updates on, until a monitor interrupts. */
  private long train(
      long from,
      BooleanSupplier stop,
      PredictionEvaluator evaluator,
      StepStability stability,
      CompositeMonitor monitors) {
    try (MetricsLog metrics = directory.metricsFrom(from)) {
      CheckpointListener recorder =
          new CheckpointListener(
              parts, directory, stepper, metrics, stability, base, validationLoss, monitors);
      Trainer trainer =
          new Trainer(
              stepper,
              parts.dataset(),
              evaluator,
              parts.steps().validated(),
              parts.configuration().training(),
              parts.configuration().seed(),
              recorder,
              monitors);
      long reached = trainer.train(from, () -> stop.getAsBoolean() || monitors.interrupts());
      if (trainer.savable()
          && reached > from
          && reached != recorder.saved()
          && !monitors.rollsBack()) {
        recorder.starting(TrainingPhase.CHECKPOINT, reached);
        recorder.checkpoint(reached, List.of());
      }
      waitedShare = recorder.waitedShare();
      boolean complete =
          reached == parts.configuration().training().steps() && reached == recorder.saved();
      if (trainer.lost().isPresent() && !complete) {
        throw trainer.savable()
            ? messages().lost(trainer.lost().get(), reached)
            : messages().lostUnsaved(trainer.lost().get());
      }
      return reached;
    } catch (DivergedException e) {
      monitors.diverged(String.valueOf(e.getMessage()));
      if (monitors.rollsBack()) {
        return from;
      }
      throw messages().diverged(e);
    }
  }

  private StopMessages messages() {
    return new StopMessages(directory, parts, stepper.hasReplayBuffers());
  }

  /**
   * Uses the moving average of the weights, if the training has one, for predictions from now on.
   */
  public void takeAverages() {
    stepper.averages().take();
  }

  /** Returns why a monitor ended the training early; empty if none did. */
  public Optional<String> stopReason() {
    return Optional.ofNullable(stopReason);
  }

  /** Returns the share of the time of updates in which data was waited for, 0 to 1. */
  public double waitedShare() {
    return waitedShare;
  }

  /** Compares the training so far with what trainings by its recipe have been measured to have. */
  public Optional<ExpectationCheck> expectations(Catalog catalog) {
    return ExpectationCheck.of(
        catalog, parts.configuration(), JsonLinesTail.all(directory.metricsFile()));
  }

  /** Returns the record of the trainings of the run. */
  RunHistory history() {
    return directory.history();
  }

  /** Returns the updates of the latest checkpoint; 0 if there is none. */
  long saved() {
    return directory.checkpoints().latestStep();
  }

  /** Returns the run directory. */
  public Path path() {
    return directory.path();
  }

  /** Frees the programs; the parts are closed by their owner. */
  @Override
  public void close() {
    stepper.close();
  }
}
