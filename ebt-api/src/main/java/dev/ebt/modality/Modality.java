package dev.ebt.modality;

import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is predicted of what: how a row of data is split into context and target, the space that
 * candidates live in, how both are embedded, and how a candidate is scored against the target.
 *
 * <p>Shapes below leave out the row axis, which always comes first. One row may hold several
 * predictions (one per token of a window) or be just one (an image). Energies, losses and weights
 * have the shape {@code [rows, predictions...]}.
 */
public interface Modality {
  /** The parts of a row's context. */
  List<Feature> context();

  /** What is to be predicted. */
  Feature target();

  /**
   * The same for modalities that turn data into equal numbers, so that a model of one fits the
   * other: stored with a model and compared on loading. Empty if all of this kind do.
   */
  default String fingerprint() {
    return "";
  }

  /**
   * Names of settings that are about candidates to think from: a model without energy has no use
   * for them, and whoever sets them by hand for one is told so.
   */
  default Set<String> settingsOfThinking() {
    return Set.of();
  }

  /**
   * Axes that count the predictions of a row: {@code [length]} for a window, {@code []} for one.
   */
  Shape predictions();

  /** What one of them is called where they are counted, in the plural: {@code tokens} of text. */
  default String predictionUnit() {
    return "predictions";
  }

  /** The candidate of one row; begins with the axes of {@link #predictions}. */
  Shape candidate();

  /**
   * Numbers of an element of a candidate, such as a patch, that a model sees only through a linear
   * map: one of less width can neither tell all of them apart nor move them. 1 if it does not
   * matter.
   */
  default int patchDimension() {
    return 1;
  }

  /**
   * Where thinking begins.
   *
   * @param context the context features, each [rows, ...]
   * @param key random key for what is drawn
   * @param shape the candidate's, [rows, ...]; for a focus on some predictions, fewer of them
   */
  Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape);

  /**
   * Returns whether different keys give different initial candidates. Where they do not, several
   * candidates are one and the same, and whoever asks for the best of several is refused.
   *
   * <p>Unless overridden, this looks at whether {@link #initialCandidate} makes any use of its key.
   */
  default boolean startsDiffer() {
    String name = "key of the start";
    Map<String, Tensor> features = new HashMap<>();
    context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    Tensor key = Tensor.input(name, Shape.of(2), ElementType.INTEGER);
    Shape shape = Shape.of(1).plus(candidate().toIntArray());
    Tensor start = initialCandidate(NamedTensors.of(features), key, shape);
    return Program.named("start").output("start", start).build().inputs().containsKey(name);
  }

  /** The candidate as a model can take it: probabilities of logits, or the candidate itself. */
  default Tensor toModelInput(Tensor candidate) {
    return candidate;
  }

  /** The context as a model of this width sees it. */
  Tensor embedContext(NamedTensors context, int width, Parameters parameters);

  /** A digested candidate as a model of this width sees it. */
  Tensor embedCandidate(Tensor digested, int width, Parameters parameters);

  /**
   * What is known of the energy without learning, added to that of the model: [rows,
   * predictions...]. Not with {@code thinking.move} {@code digested} where {@link #toModelInput}
   * changes candidates: such a step begins again from what was digested.
   */
  default Optional<Tensor> analyticEnergy(Tensor digested) {
    return Optional.empty();
  }

  /**
   * The candidate that a model without energy predicts.
   *
   * @param hidden what the model made of the context, [rows, predictions..., width]
   * @throws UserException if there is no such way
   */
  default Tensor decode(Tensor hidden, Parameters parameters) {
    throw new UserException("this modality is for energy models, which think; not for a baseline");
  }

  /**
   * How far a candidate is from the target, in nats where that has a meaning: [rows,
   * predictions...].
   */
  Tensor loss(Tensor candidate, Tensor target);

  /**
   * The loss against a target of which a share is spread evenly over everything it could have been:
   * (1 − share) loss(target) + share · mean of loss(anything).
   *
   * @param share 0 (inclusive) to 1 (exclusive)
   * @throws UserException if targets are no choices of one among many
   */
  default Tensor labelSmoothedLoss(Tensor candidate, Tensor target, double share) {
    throw new UserException(
        "objective.soften is for targets that are one choice among many, such as tokens; those of"
            + " this modality are not");
  }

  /** The digested candidate that a target is: itself, unless candidates are digested. */
  default Tensor targetCandidate(Tensor target) {
    return target;
  }

  /** Further figures of each prediction, by name: [rows, predictions...] each. */
  default Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    return Map.of();
  }

  /**
   * The figures to show, from weighted means over predictions of {@code "loss"} and of every
   * measure: perplexity, bits per byte, decibels.
   */
  default Map<String, Double> summary(Map<String, Double> means) {
    return means;
  }

  /**
   * One row in words or numbers that a person can read, for looking at predictions.
   *
   * @param context the row's features, without the row axis
   * @param values a candidate of the row, or its target
   */
  String describe(Map<String, Array> context, Array values);
}
