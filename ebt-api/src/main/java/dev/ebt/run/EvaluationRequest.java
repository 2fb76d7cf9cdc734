package dev.ebt.run;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request for an evaluation of trained models: which runs, on what data, at which compute
 * budgets. Immutable; each {@code with…} method returns a changed copy.
 *
 * <pre>{@code
 * EvaluationRequest request =
 *     EvaluationRequest.of(Path.of("runs/book"), Path.of("runs/baseline"))
 *         .withSteps(1, 2, 4)
 *         .withCandidates(1, 5)
 *         .withLimit(100);
 * }</pre>
 *
 * @param runs the folders of the runs, or of exported models; at least one
 * @param checkpoint {@code latest}, {@code best} or a step
 * @param data data that is used as a whole in place of the validation data of the runs
 * @param overrides changes of the configuration of every run
 * @param variations values of one setting, each of which is evaluated; empty for none
 * @param steps increasing numbers of steps; null for those of each model
 * @param candidates increasing numbers of candidates
 * @param rowsTogether examples per batch
 * @param limit maximum number of examples
 * @param weights the weights of every checkpoint
 */
public record EvaluationRequest(
    List<Path> runs,
    String checkpoint,
    @Nullable DataOverride data,
    Overrides overrides,
    List<Variation> variations,
    @Nullable List<Integer> steps,
    List<Integer> candidates,
    int rowsTogether,
    int limit,
    Weights weights) {
  private static final int ROWS = 16;

  /** Copies the lists and rejects numbers out of range. */
  public EvaluationRequest {
    runs = List.copyOf(runs);
    variations = List.copyOf(variations);
    steps = steps == null ? null : List.copyOf(steps);
    candidates = List.copyOf(candidates);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("at least one run expected");
    }
    if (steps != null) {
      checkIncreasing("steps", steps, 0);
    }
    checkIncreasing("candidates", candidates, 1);
    if (rowsTogether < 1 || limit < 1) {
      throw new IllegalArgumentException("at least one row per batch and in all expected");
    }
  }

  private static void checkIncreasing(String name, List<Integer> numbers, int least) {
    if (numbers.isEmpty()
        || numbers.get(0) < least
        || IntStream.range(1, numbers.size()).anyMatch(i -> numbers.get(i) <= numbers.get(i - 1))) {
      throw new IllegalArgumentException(
          name + " are " + numbers + "; increasing numbers from " + least + " expected");
    }
  }

  /** Returns a request for runs on their validation data, with one candidate per prediction. */
  public static EvaluationRequest of(Path... runs) {
    return of(List.of(runs));
  }

  /** Returns a request for runs on their validation data, with one candidate per prediction. */
  public static EvaluationRequest of(List<Path> runs) {
    return new EvaluationRequest(
        runs,
        "latest",
        null,
        Overrides.none(),
        List.of(),
        null,
        List.of(1),
        ROWS,
        Integer.MAX_VALUE,
        Weights.USUAL);
  }

  /** Returns a copy for another checkpoint of every run. */
  public EvaluationRequest withCheckpoint(String other) {
    return changed(all -> all.checkpoint = other);
  }

  /** Returns a copy for other weights of every checkpoint. */
  public EvaluationRequest withWeights(Weights other) {
    return changed(all -> all.weights = other);
  }

  /** Returns a copy with other data; with the validation data of the runs if null. */
  public EvaluationRequest withData(@Nullable DataOverride other) {
    return changed(all -> all.data = other);
  }

  /** Returns a copy with other changes of the configuration of every run. */
  public EvaluationRequest withOverrides(Overrides other) {
    return changed(all -> all.overrides = other);
  }

  /** Returns a copy that evaluates every run at each of these values of one setting. */
  public EvaluationRequest withVariations(List<Variation> other) {
    return changed(all -> all.variations = other);
  }

  /** Returns a copy with other numbers of steps; with those of each model if null. */
  public EvaluationRequest withSteps(@Nullable List<Integer> other) {
    return changed(all -> all.steps = other);
  }

  /** Returns a copy with other numbers of steps. */
  public EvaluationRequest withSteps(int... other) {
    return withSteps(IntStream.of(other).boxed().toList());
  }

  /** Returns a copy with other numbers of candidates. */
  public EvaluationRequest withCandidates(List<Integer> other) {
    return changed(all -> all.candidates = other);
  }

  /** Returns a copy with other numbers of candidates. */
  public EvaluationRequest withCandidates(int... other) {
    return withCandidates(IntStream.of(other).boxed().toList());
  }

  /** Returns a copy with another number of examples per batch. */
  public EvaluationRequest withRowsTogether(int other) {
    return changed(all -> all.rowsTogether = other);
  }

  /** Returns a copy with another maximum number of examples. */
  public EvaluationRequest withLimit(int other) {
    return changed(all -> all.limit = other);
  }

  /** Returns whether several runs, or values of a setting, are compared. */
  public boolean isComparison() {
    return runs.size() > 1 || !variations.isEmpty();
  }

  /**
   * Returns the models to evaluate: every run once, at every value of the varied setting if there
   * is one.
   */
  public List<EvaluatedModel> models() {
    List<EvaluatedModel> models = new ArrayList<>();
    for (Path run : runs.stream().distinct().toList()) {
      if (variations.isEmpty()) {
        models.add(new EvaluatedModel(run, null));
      }
      variations.forEach(variation -> models.add(new EvaluatedModel(run, variation)));
    }
    return models;
  }

  /**
   * Opens a model for this evaluation; the caller closes it.
   *
   * @throws UserException if there is no such run, or it does not support the data or a setting
   */
  public TrainedModel open(Catalog catalog, EvaluatedModel model) {
    Path run = model.run();
    Overrides all = dataOf(catalog, run).and(overrides);
    Variation variation = model.variation();
    if (variation != null) {
      String modality = ModelFolder.modalityName(catalog, run, overrides);
      if (!modality.equals(variation.modality())) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "--%s is for %s; %s has modality '%s'",
                variation.setting(),
                variation.subject(),
                run,
                modality));
      }
      all = all.and(variation.overrides());
    }
    return TrainedModel.open(catalog, run, checkpoint, weights, all);
  }

  /** Returns overrides that use the other data as a whole for validation. */
  private Overrides dataOf(Catalog catalog, Path run) {
    return data == null
        ? Overrides.none()
        : data.forValidation(
            () -> ModelFolder.modalityName(catalog, run, overrides),
            ModelFolder.data(catalog, run));
  }

  /**
   * Returns the compute budgets of a model. In a comparison a model without steps or energies has a
   * single one.
   */
  public ComputeBudgets budgets(RunParts parts) {
    boolean usable = !isComparison() || parts.steps().taken() > 0;
    return new ComputeBudgets(
        steps != null && usable ? steps : parts.steps().usual(),
        !isComparison() || parts.thinks() ? candidates : List.of(1));
  }

  private EvaluationRequest changed(Consumer<Values> change) {
    Values values = new Values(this);
    change.accept(values);
    return values.request();
  }

  /** The values of a request while one of them is changed. */
  private static final class Values {
    private final List<Path> runs;
    private String checkpoint;
    private @Nullable DataOverride data;
    private Overrides overrides;
    private List<Variation> variations;
    private @Nullable List<Integer> steps;
    private List<Integer> candidates;
    private int rowsTogether;
    private int limit;
    private Weights weights;

    Values(EvaluationRequest from) {
      runs = from.runs;
      checkpoint = from.checkpoint;
      data = from.data;
      overrides = from.overrides;
      variations = from.variations;
      steps = from.steps;
      candidates = from.candidates;
      rowsTogether = from.rowsTogether;
      limit = from.limit;
      weights = from.weights;
    }

    EvaluationRequest request() {
      return new EvaluationRequest(
          runs,
          checkpoint,
          data,
          overrides,
          variations,
          steps,
          candidates,
          rowsTogether,
          limit,
          weights);
    }
  }
}
