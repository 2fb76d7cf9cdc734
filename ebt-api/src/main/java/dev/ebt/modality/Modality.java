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
 * A prediction problem: the split of a data row into context and target, the space of candidates,
 * the embedding of context and candidates, and the loss of a candidate against the target.
 *
 * <p>Shapes below leave out the row axis, which always comes first. One row may hold several
 * predictions (one per token of a window) or be just one (an image). Energies, losses and weights
 * have the shape {@code [rows, predictions...]}.
 */
public interface Modality {
  /** Returns the features of a row's context. */
  List<FeatureSpec> context();

  /** Returns the feature to predict. */
  FeatureSpec target();

  /**
   * Returns a string that is equal for modalities that encode data alike, so that a model of one
   * fits the other. It is stored with a model and compared on loading. Empty if all instances of
   * this type encode alike.
   */
  default String fingerprint() {
    return "";
  }

  /**
   * Returns the names of settings that concern initial candidates for thinking. A model without an
   * energy does not use them, and setting them explicitly for such a model is reported.
   */
  default Set<String> settingsOfThinking() {
    return Set.of();
  }

  /**
   * Returns the axes that index the predictions of a row: {@code [length]} for a window, {@code []}
   * for a single prediction.
   */
  Shape predictions();

  /** Returns the plural noun for counting predictions, such as {@code tokens} for text. */
  default String predictionUnit() {
    return "predictions";
  }

  /** Returns the shape of one row's candidate, which begins with the {@link #predictions} axes. */
  Shape candidate();

  /**
   * Returns whether the elements of candidates are −1 or 1, which a sampler flips instead of moving
   * them. False unless overridden.
   */
  default boolean isBinary() {
    return false;
  }

  /**
   * Returns how many values of a candidate's element, such as a patch, a model receives through one
   * linear map. A model of smaller width can neither distinguish nor move all of them. 1 if there
   * is no such constraint.
   */
  default int patchDimension() {
    return 1;
  }

  /**
   * Returns the candidate from which thinking starts.
   *
   * @param context the context features, each [rows, ...]
   * @param key random key
   * @param shape the candidate's shape, [rows, ...]; with fewer predictions if only some are in
   *     focus
   */
  Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape);

  /**
   * Returns the elements of candidates that the context gives, such as the given cells of a puzzle:
   * thinking, in training too, keeps them exactly at their values, and so does the prediction of a
   * model without an energy. Empty unless overridden. A model with held elements is not cached and
   * predicts all positions of a row together.
   *
   * @param context the context features, each [rows, ...]
   * @return a boolean mask and values, [rows, candidate...] each
   */
  default Optional<HeldElements> held(NamedTensors context) {
    return Optional.empty();
  }

  /**
   * Returns whether different keys give different initial candidates. If not, several candidates
   * would be identical, and requests for the best of several are rejected.
   *
   * <p>The default implementation checks whether {@link #initialCandidate} uses its key.
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

  /**
   * Returns the model input of a candidate: the probabilities of logits, or the candidate itself.
   */
  default Tensor toModelInput(Tensor candidate) {
    return candidate;
  }

  /**
   * Returns whether the context is a sequence with one element per prediction that is embedded
   * element by element: every context feature is [rows, elements, ...], and {@link #embedContext}
   * and {@link #initialCandidate} accept any number of elements. Generation then observes each
   * element once; otherwise it observes the whole window again for each.
   */
  default boolean embedsElementwise() {
    return false;
  }

  /** Returns the class of targets among the context features; empty if there is none. */
  default Optional<ClassLabel> classLabel() {
    return Optional.empty();
  }

  /**
   * Returns the context features as training uses them: by default as they are. A modality whose
   * models also learn {@link #withoutCondition} returns the features without it in some rows.
   *
   * @param key random key of the training step
   */
  default NamedTensors trainingContext(NamedTensors context, Tensor key) {
    return context;
  }

  /**
   * Returns the context features without their condition, for guidance; empty if models are not
   * trained without it.
   */
  default Optional<NamedTensors> withoutCondition(NamedTensors context) {
    return Optional.empty();
  }

  /**
   * Returns the relations between the positions of an embedded context, the same for all rows, such
   * as cells in one row, column or box. A model in which all positions attend to each other learns
   * a number for each kind and head that it adds to the attention scores. Empty unless overridden.
   */
  default Optional<Relations> relations() {
    return Optional.empty();
  }

  /** Embeds the context for a model of the given width. */
  Tensor embedContext(NamedTensors context, int width, Parameters parameters);

  /** Embeds a candidate's {@link #toModelInput model input} for a model of the given width. */
  Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters);

  /**
   * Returns a known, untrained energy term that is added to the model's energy: [rows,
   * predictions...]. Not for {@code thinking.updateRule} {@code model-input} where {@link
   * #toModelInput} changes candidates: such a step starts again from the model input.
   */
  default Optional<Tensor> analyticEnergy(Tensor modelInput) {
    return Optional.empty();
  }

  /**
   * Decodes the output of a model without an energy to a candidate.
   *
   * @param hidden the model's output for the context, [rows, predictions..., width]
   * @throws UserException if the modality does not support such models
   */
  default Tensor decode(Tensor hidden, Parameters parameters) {
    throw new UserException("this modality is for energy models, which think; not for a baseline");
  }

  /**
   * Computes the loss of a candidate against the target, in nats where that applies: [rows,
   * predictions...].
   */
  Tensor loss(Tensor candidate, Tensor target);

  /**
   * Computes the loss with label smoothing, which spreads a share of the target evenly over all
   * possible targets: (1 − share) loss(target) + share · mean of loss over all targets.
   *
   * @param share 0 (inclusive) to 1 (exclusive)
   * @throws UserException if targets are not categorical
   */
  default Tensor labelSmoothedLoss(Tensor candidate, Tensor target, double share) {
    throw new UserException(
        "objective.labelSmoothing is for targets that are one choice among many, such as tokens; those of"
            + " this modality are not");
  }

  /**
   * Returns the target as a model input: itself unless overridden, as it has to be where a target
   * has another shape or element type than {@link #toModelInput} of a candidate, such as the number
   * of a class. Otherwise targets have no energies, which {@code verify} ranks answers by, {@code
   * eval} compares with wrong ones, and the contrastive loss compares with predictions.
   */
  default Tensor targetCandidate(Tensor target) {
    return target;
  }

  /** Computes further metrics of each prediction, by name: [rows, predictions...] each. */
  default Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    return Map.of();
  }

  /**
   * Returns the metrics to show after each validation during training, with the number of decimals
   * of each. None unless overridden.
   */
  default Map<String, Integer> progressMetrics() {
    return Map.of();
  }

  /**
   * Returns the metrics to report, such as perplexity, bits per byte or decibels, given the
   * weighted means over predictions of {@code "loss"} and of every metric.
   */
  default Map<String, Double> summary(Map<String, Double> means) {
    return means;
  }

  /**
   * Returns the units of {@code "loss"} and of the metrics by name, in the plural where they have
   * one, such as {@code nats} or {@code dB}. Numbers without a unit, such as shares, are absent.
   * None unless overridden.
   */
  default Map<String, String> units() {
    return Map.of();
  }

  /**
   * Returns one row as readable text, for inspecting predictions.
   *
   * @param context the row's features, without the row axis
   * @param values a candidate of the row, or its target
   */
  String describe(Map<String, Array> context, Array values);
}
