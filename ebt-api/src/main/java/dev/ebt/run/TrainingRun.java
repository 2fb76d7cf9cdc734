package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.store.MetricsLog;
import dev.ebt.store.Progress;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Evaluation;
import dev.ebt.think.Predictor;
import dev.ebt.train.DivergedException;
import dev.ebt.train.LearningRateSchedule;
import dev.ebt.train.Trainer;
import dev.ebt.train.TrainingListener;
import dev.ebt.train.TrainingPhase;
import dev.ebt.train.TrainingSettings;
import dev.ebt.train.TrainingStepper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A training in a run directory: the loop, its metrics, its checkpoints. What is in the last
 * checkpoint is all that a resumed run needs to go on as if it had never stopped.
 */
public final class TrainingRun implements AutoCloseable {
  /** The version that checkpoints carry. */
  public static final String VERSION = "0.1.0-SNAPSHOT";

  private static final String LATEST = "latest";

  private final RunParts parts;
  private final RunDirectory directory;
  private final TrainingStepper teacher;
  private final long done;
  private final @Nullable Double validationLoss;
  private final List<String> notes;

  private TrainingRun(
      RunParts parts,
      RunDirectory directory,
      TrainingStepper teacher,
      @Nullable Progress progress,
      List<String> notes) {
    this.notes = List.copyOf(notes);
    this.parts = parts;
    this.directory = directory;
    this.teacher = teacher;
    this.done = progress == null ? 0 : progress.step();
    this.validationLoss = progress == null ? null : progress.validationLoss();
  }

  /**
   * A run from its first step, in a fresh directory.
   *
   * @param overrides what was set by hand, {@code path=value} each: a step size that is wins over
   *     the one that comes with the weights of another run
   */
  public static TrainingRun begin(RunParts parts, RunDirectory directory, List<String> overrides) {
    TrainingStepper teacher = teacher(parts);
    teacher.initialize();
    WarmStart.assign(parts);
    TrainedModel.takeStepSize(parts, overrides);
    return new TrainingRun(parts, directory, teacher, null, List.of());
  }

  /**
   * A run from its latest checkpoint on, or from its first step if it was stopped before there was
   * one.
   *
   * @param overrides what was set by hand since, {@code path=value} each
   * @throws UserException if the run is finished, or the checkpoint is of another configuration or
   *     other data
   */
  public static TrainingRun resume(RunParts parts, RunDirectory directory, List<String> overrides) {
    if (directory.checkpoints().complete().isEmpty()) {
      directory.configure(Configurations.write(parts.configuration()), parts.files());
      return begin(parts, directory, overrides);
    }
    return resume(parts, directory, overrides, LATEST);
  }

  /**
   * A run from one of its checkpoints on. Later ones are renamed.
   *
   * @param checkpoint {@code latest}, {@code best}, a step, or a folder's name
   * @throws UserException if there is no such checkpoint, if the run is finished, or the checkpoint
   *     is damaged, of another configuration or of other data
   */
  public static TrainingRun resume(
      RunParts parts, RunDirectory directory, List<String> overrides, String checkpoint) {
    StoredCheckpoint stored = directory.checkpoints().named(checkpoint);
    Resumption.check(parts, directory.path(), overrides, stored);
    List<String> notes = new ArrayList<>();
    Resumption.note(directory, stored).ifPresent(notes::add);
    TrainingStepper teacher = teacher(parts);
    TrainedModel.assign(parts, stored);
    TrainedModel.takeStepSize(parts, overrides);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    teacher.slots().forEach(slot -> shapes.put(slot.name(), slot.shape()));
    Map<String, Array> values = stored.optimizerFor(shapes);
    teacher.slots().forEach(slot -> parts.backend().assign(slot, values.get(slot.name())));
    teacher.restore(stored.memory());
    if (!checkpoint.equals(LATEST)) {
      directory
          .checkpoints()
          .setAsideAfter(stored.progress().step())
          .forEach(path -> notes.add("a later checkpoint is set aside: it is now " + path));
    }
    directory.configure(Configurations.write(parts.configuration()), parts.files());
    return new TrainingRun(parts, directory, teacher, stored.progress(), notes);
  }

  private static TrainingStepper teacher(RunParts parts) {
    RunConfiguration configuration = parts.configuration();
    TrainingSettings training = configuration.training();
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            training.warmUp(),
            training.decaySteps(),
            training.learningRate(),
            training.floor(),
            training.warmUpStart(),
            configuration.compatibility());
    return new TrainingStepper(
        parts.lessons(),
        parts.backend(),
        parts.optimizer(),
        schedule,
        training.clip(),
        configuration.seed());
  }

  /** What is different from when the run was left, though it goes on: a line each. */
  public List<String> notes() {
    return notes;
  }

  /** What is likely to disappoint about its settings, though they are possible: a line each. */
  public List<String> advice() {
    return ConfigurationRules.advice(parts);
  }

  /** Steps done when this began: 0, or those of the checkpoint. */
  public long done() {
    return done;
  }

  /** How many numbers the model learns. */
  public long parameterCount() {
    return teacher.parameters().stream().mapToLong(spec -> spec.shape().elements()).sum();
  }

  /**
   * Whether an update of several batches can be given up between two of them. Regularizers that
   * remember rows could not forget them again.
   */
  public boolean stopsBetweenBatches() {
    return teacher.stopsBetweenBatches();
  }

  /** How much is remembered between training steps at most: a line for each that does. */
  public List<String> memory() {
    return teacher.memoryDescriptions();
  }

  /**
   * Trains to the end, or until told to stop; saves either way.
   *
   * @param listener told of everything, after it was recorded
   * @return steps done
   */
  public long train(BooleanSupplier stop, TrainingListener listener) {
    TrainingSettings training = parts.configuration().training();
    int rows = Math.min(training.batch(), parts.dataset().validation().size());
    try (MetricsLog metrics = directory.metricsFrom(done);
        Predictor predictor = parts.predictor(rows)) {
      CheckpointListener recorder =
          new CheckpointListener(parts, directory, teacher, metrics, validationLoss, listener);
      Trainer trainer =
          new Trainer(
              teacher,
              parts.dataset(),
              new Evaluation(predictor, parts.modality(), rows),
              parts.steps().validated(),
              training,
              parts.configuration().seed(),
              recorder);
      long reached = trainer.train(done, stop);
      if (reached > done && reached != recorder.saved()) {
        recorder.starting(TrainingPhase.CHECKPOINT, reached);
        recorder.checkpoint(reached, List.of());
      }
      return reached;
    } catch (DivergedException e) {
      throw new UserException(e.getMessage() + ". " + whatIsLeft(), e);
    }
  }

  private String whatIsLeft() {
    List<Path> saved = directory.checkpoints().complete();
    String from =
        saved.isEmpty()
            ? "No checkpoint was saved before; begin again"
            : saved.get(saved.size() - 1) + " is intact; go on from it";
    return String.format(
        Locale.ROOT,
        "%s with --resume %s --set training.learningRate=%s",
        from,
        directory.path(),
        parts.configuration().training().learningRate() / 4);
  }

  /** Where everything is written. */
  public Path path() {
    return directory.path();
  }

  /** Frees the programs; the parts are their owner's. */
  @Override
  public void close() {
    teacher.close();
  }
}
