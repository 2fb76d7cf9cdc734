package dev.ebt.train;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of training, with defaults in parentheses.
 *
 * @param steps number of parameter updates (600)
 * @param batch rows per forward and backward pass (16)
 * @param accumulate passes whose gradients are averaged into one update (1)
 * @param localSteps updates that each of several processes makes by itself, of its share of the
 *     rows, between two averages of parameters and optimizer state over the processes (1: gradients
 *     are summed in every update instead). Steps, validateEvery and checkpointEvery are multiples
 *     of it
 * @param learningRate peak learning rate (derived from the model's layers and width; 0.0024 for a
 *     model that derives none)
 * @param validateEvery updates between validations (100)
 * @param validationRows maximum number of rows evaluated at each validation (160)
 * @param checkpointEvery updates between checkpoints (100)
 * @param keepCheckpoints number of latest checkpoints to keep, in addition to the best (3)
 * @param logEvery updates between lines of metrics (10)
 * @param emaDecay decay of an exponential moving average of the weights (EMA), such as 0.999, which
 *     is saved in checkpoints beside the weights and used by default afterwards: {@code --weights}.
 *     Null for none
 * @param freeze patterns of the names of parameters that are not trained, in which {@code *} stands
 *     for any text, such as {@code "*.feed_forward.*"} (none)
 * @param adapter the low-rank adapters that are trained in place of weights, in a training that
 *     begins with the weights of another run; null for none
 * @param recompute whether activations of a model's layers are computed again for gradients where
 *     that takes less memory by a tenth or more: the same numbers up to rounding, in more time
 *     (false)
 */
public record TrainingSettings(
    Integer steps,
    Integer batch,
    Integer accumulate,
    Integer localSteps,
    Double learningRate,
    Integer validateEvery,
    Integer validationRows,
    Integer checkpointEvery,
    Integer keepCheckpoints,
    Integer logEvery,
    @Nullable Double emaDecay,
    List<String> freeze,
    @Nullable AdapterSettings adapter,
    Boolean recompute) {

  /** Fills in defaults and rejects invalid values. */
  public TrainingSettings(
      @Nullable Integer steps,
      @Nullable Integer batch,
      @Nullable Integer accumulate,
      @Nullable Integer localSteps,
      @Nullable Double learningRate,
      @Nullable Integer validateEvery,
      @Nullable Integer validationRows,
      @Nullable Integer checkpointEvery,
      @Nullable Integer keepCheckpoints,
      @Nullable Integer logEvery,
      @Nullable Double emaDecay,
      @Nullable List<String> freeze,
      @Nullable AdapterSettings adapter,
      @Nullable Boolean recompute) {
    steps = atLeast(1, "steps", requireNonNullElse(steps, 600));
    batch = atMost(MOST, "batch", atLeast(1, "batch", requireNonNullElse(batch, 16)));
    accumulate =
        atMost(MOST, "accumulate", atLeast(1, "accumulate", requireNonNullElse(accumulate, 1)));
    localSteps = atLeast(1, "localSteps", requireNonNullElse(localSteps, 1));
    learningRate = positive("learningRate", requireNonNullElse(learningRate, 0.0024));
    validateEvery = atLeast(1, "validateEvery", requireNonNullElse(validateEvery, 100));
    validationRows = atLeast(1, "validationRows", requireNonNullElse(validationRows, 160));
    checkpointEvery = atLeast(1, "checkpointEvery", requireNonNullElse(checkpointEvery, 100));
    keepCheckpoints = atLeast(1, "keepCheckpoints", requireNonNullElse(keepCheckpoints, 3));
    logEvery = atLeast(1, "logEvery", requireNonNullElse(logEvery, 10));
    multiple(localSteps, "steps", steps);
    multiple(localSteps, "validateEvery", validateEvery);
    multiple(localSteps, "checkpointEvery", checkpointEvery);
    this.steps = steps;
    this.batch = batch;
    this.accumulate = accumulate;
    this.localSteps = localSteps;
    this.learningRate = learningRate;
    this.validateEvery = validateEvery;
    this.validationRows = validationRows;
    this.checkpointEvery = checkpointEvery;
    this.keepCheckpoints = keepCheckpoints;
    this.logEvery = logEvery;
    if (emaDecay != null && !(emaDecay > 0 && emaDecay < 1)) {
      throw SettingException.of(
          "training.emaDecay", emaDecay, "above 0 and below 1, or null for no average");
    }
    this.emaDecay = emaDecay;
    this.freeze = freeze == null ? List.of() : List.copyOf(freeze);
    this.adapter = adapter;
    this.recompute = requireNonNullElse(recompute, false);
    if (adapter != null && emaDecay != null) {
      throw SettingException.of(
          "training.emaDecay",
          emaDecay,
          "null with training.adapter, whose factors have no average");
    }
  }

  /** Returns which parameters are trained. */
  public TrainedParameters trained() {
    return new TrainedParameters(freeze, adapter);
  }

  /** Creates settings without a moving average of the weights that train all parameters. */
  public TrainingSettings(
      @Nullable Integer steps,
      @Nullable Integer batch,
      @Nullable Integer accumulate,
      @Nullable Double learningRate,
      @Nullable Integer validateEvery,
      @Nullable Integer validationRows,
      @Nullable Integer checkpointEvery,
      @Nullable Integer keepCheckpoints,
      @Nullable Integer logEvery) {
    this(
        steps,
        batch,
        accumulate,
        null,
        learningRate,
        validateEvery,
        validationRows,
        checkpointEvery,
        keepCheckpoints,
        logEvery,
        null,
        null,
        null,
        null);
  }

  /**
   * The maximum of batch and accumulate: 16 bits of a random key identify a batch within its
   * update.
   */
  private static final int MOST = 1 << 16;

  /** Returns settings with all defaults. */
  public static TrainingSettings defaults() {
    return new TrainingSettings(null, null, null, null, null, null, null, null, null);
  }

  /** Returns a copy with another learning rate. */
  public TrainingSettings withLearningRate(double rate) {
    return new TrainingSettings(
        steps,
        batch,
        accumulate,
        localSteps,
        rate,
        validateEvery,
        validationRows,
        checkpointEvery,
        keepCheckpoints,
        logEvery,
        emaDecay,
        freeze,
        adapter,
        recompute);
  }

  private static int atLeast(int bound, String name, int value) {
    if (value < bound) {
      throw SettingException.of("training." + name, value, "at least " + bound);
    }
    return value;
  }

  /** Checks that an event is after an average, where all processes are alike. */
  private static void multiple(int localSteps, String name, int value) {
    if (value % localSteps != 0) {
      throw SettingException.of(
          "training." + name, value, "a multiple of training.localSteps (" + localSteps + ")");
    }
  }

  private static int atMost(int bound, String name, int value) {
    if (value > bound) {
      throw SettingException.of("training." + name, value, "at most " + bound);
    }
    return value;
  }

  private static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw SettingException.of("training." + name, value, "a positive number");
    }
    return value;
  }
}
