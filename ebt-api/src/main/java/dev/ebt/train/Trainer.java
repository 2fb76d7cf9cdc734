package dev.ebt.train;

import dev.ebt.backend.LostProcessException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.think.PredictionEvaluator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: batches in shuffled order, one step after another, with periodic validation
 * and checkpoints. It is independent of modality, model and objective. Its whole state is the
 * number of completed steps and the variables on the backend: a loop resumed at step k behaves like
 * one that reached step k itself.
 */
public final class Trainer {
  private final TrainingStepper stepper;
  private final Dataset dataset;
  private final Validation validation;
  private final TrainingSettings settings;
  private final long seed;
  private final TrainingListener listener;
  private final UpdateFilter filter;
  private @Nullable LostProcessException lost;
  private boolean savable = true;

  /**
   * Creates a training loop.
   *
   * @param evaluatedSteps the numbers of thinking steps to validate with; the last one determines
   *     the validation loss
   */
  public Trainer(
      TrainingStepper stepper,
      Dataset dataset,
      PredictionEvaluator evaluator,
      List<Integer> evaluatedSteps,
      TrainingSettings settings,
      long seed,
      TrainingListener listener) {
    this(stepper, dataset, evaluator, evaluatedSteps, settings, seed, listener, UpdateFilter.ALL);
  }

  /**
   * Creates a training loop that leaves out some updates.
   *
   * @param filter says which
   */
  public Trainer(
      TrainingStepper stepper,
      Dataset dataset,
      PredictionEvaluator evaluator,
      List<Integer> evaluatedSteps,
      TrainingSettings settings,
      long seed,
      TrainingListener listener,
      UpdateFilter filter) {
    this.stepper = stepper;
    this.dataset = dataset;
    this.validation = new Validation(stepper, dataset, evaluator, evaluatedSteps, settings, seed);
    this.settings = settings;
    this.seed = seed;
    this.listener = listener;
    this.filter = filter;
  }

  /**
   * Trains from {@code done} completed steps to the end, or until stopped: between steps, or
   * between two batches of a step, which then counts as not started.
   *
   * @return the number of completed steps; {@link #lost} if they are fewer for that reason
   * @throws DivergedException if the loss is not finite
   */
  public long train(long done, BooleanSupplier stop) {
    Examples rows = dataset.training();
    if (rows.size() == 0) {
      throw new UserException("there is no training data: " + dataset.description());
    }
    BatchShare share = BatchShare.of(settings, stepper.processes());
    try (BatchQueue queue = share.queue(rows, seed)) {
      return train(done, stop, share, queue);
    }
  }

  private long train(long done, BooleanSupplier stop, BatchShare share, BatchQueue queue) {
    Coordination coordination = new Coordination(stepper.processes());
    boolean filters = filter.isActive();
    long step = done;
    boolean alike = true; // Only then processes decide together and states are complete.
    @Nullable DivergedException diverged = null;
    while (step < settings.steps() && !(alike && stop.getAsBoolean())) {
      long next = step + 1;
      listener.starting(TrainingPhase.UPDATE, next);
      List<Batch> batches = share.take(queue, step);
      Recording recording = new Recording(coordination.sharing(filter, filters));
      Optional<StepMetrics> result;
      boolean begun = !alike;
      try {
        begun = begun || coordination.announceUpdate();
        result =
            begun
                ? queue.during(() -> stepper.step(next, batches, stop, recording))
                : Optional.empty();
      } catch (LostProcessException e) {
        lost = e; // A sum of gradients leaves parameters as they are, an average does not.
        savable = (!begun || settings.localSteps() == 1) && !stepper.hasReplayBuffers();
        break;
      }
      listener.waited(next, queue.takeWaited());
      if (result.isEmpty()) {
        break;
      }
      step++;
      alike = stepper.alikeAfter(step);
      StepMetrics metrics = result.get();
      if (recording.skipped) {
        listener.skipped(step, metrics);
      } else if (isFinite(metrics)) {
        listener.stepped(step, metrics);
      } else if (diverged == null) {
        diverged = diverged(step, metrics);
      }
      if (!alike) {
        continue;
      }
      if (diverged != null) {
        throw diverged;
      }
      if (filter.rollsBack()) {
        break;
      }
      try {
        if (validatesOrSaves(step, coordination)) {
          break;
        }
      } catch (LostProcessException e) {
        lost = e;
        savable = false; // The rows of its replay buffers are lost too.
        break;
      }
    }
    return step;
  }

  /**
   * Validates and saves where it is time to, and returns whether no further update follows: the
   * training rolls back, or has lost a process.
   *
   * @throws LostProcessException if a process is lost with its replay buffers
   */
  private boolean validatesOrSaves(long step, Coordination coordination) {
    boolean last = step == settings.steps();
    List<EvaluationResult> results = List.of();
    if (last || step % settings.validateEvery() == 0) {
      listener.starting(TrainingPhase.VALIDATION, step);
      results = validated(coordination);
      listener.validated(step, results);
      if (filter.rollsBack()) {
        return true;
      }
    }
    if (last || step % settings.checkpointEvery() == 0) {
      listener.starting(TrainingPhase.CHECKPOINT, step);
      listener.checkpoint(step, results);
    }
    return lost != null;
  }

  /**
   * Validates together with the other processes, or alone if one is lost: the update is complete
   * and will be saved, and a resumed training does not validate it again.
   *
   * @throws LostProcessException if the update cannot be saved, since there are replay buffers
   */
  private List<EvaluationResult> validated(Coordination coordination) {
    try {
      coordination.announceValidation();
      return validation.run();
    } catch (LostProcessException e) {
      if (stepper.hasReplayBuffers()) {
        throw e;
      }
      lost = e;
      return validation.runAlone();
    }
  }

  /**
   * Returns whether the state that was reached can be saved. It cannot after a process was lost
   * with its replay buffers, or between two averages of the processes.
   */
  public boolean savable() {
    return savable;
  }

  /** Returns why no further update can follow, if a process is lost. */
  public Optional<LostProcessException> lost() {
    return Optional.ofNullable(lost);
  }

  /** A filter that remembers what it said. */
  private static final class Recording implements UpdateFilter {
    private final UpdateFilter filter;
    private boolean skipped;

    Recording(UpdateFilter filter) {
      this.filter = filter;
    }

    @Override
    public boolean isActive() {
      return filter.isActive();
    }

    @Override
    public boolean rollsBack() {
      return filter.rollsBack();
    }

    @Override
    public boolean skips(long step, StepMetrics metrics) {
      skipped = filter.skips(step, metrics);
      return skipped;
    }
  }

  private static boolean isFinite(StepMetrics metrics) {
    return Double.isFinite(metrics.loss()) && Double.isFinite(metrics.gradientNorm());
  }

  private DivergedException diverged(long step, StepMetrics metrics) {
    return new DivergedException(
        String.format(
            Locale.ROOT,
            "the loss at step %d is %s (gradient norm %s)",
            step,
            metrics.loss(),
            metrics.gradientNorm()),
        settings);
  }
}
