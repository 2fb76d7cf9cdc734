package dev.ebt.inference;

import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.HashMap;
import java.util.Map;

/** A model with the variations of its thinking that calls have asked for. */
final class ModelVariations {
  /** The greatest number with programs of their own, which stay until the model is closed. */
  static final int MAX_COMPILED = 16;

  private final TrainedModel model;
  private final Map<ThinkingVariation, RunParts> compiled = new HashMap<>();

  ModelVariations(TrainedModel model) {
    this.model = model;
  }

  /**
   * Returns the model with a variation.
   *
   * @throws UserException if the model cannot think so, or has thought in too many ways already
   */
  TrainedModel of(ThinkingVariation variation) {
    ThinkingVariation ofPrograms = variation.ofPrograms();
    RunParts parts =
        ofPrograms.equals(ThinkingVariation.NONE) ? model.parts() : compiled(ofPrograms);
    Double scale = variation.stepSizeScale();
    return scale == null ? model.with(parts) : model.with(parts.scaledBy(scale));
  }

  private RunParts compiled(ThinkingVariation variation) {
    RunParts known = compiled.get(variation);
    if (known != null) {
      return known;
    }
    if (compiled.size() == MAX_COMPILED) {
      throw new UserException(
          "the model has been used with "
              + MAX_COMPILED
              + " combinations of stoppingRule, selection and energies, as many as it keeps"
              + " programs for; use one of them again, with equal or the same objects, or load the"
              + " model once more");
    }
    RunParts parts =
        model.parts().thinkingBy(variation.of(model.parts().thinking(), compiled.size()));
    compiled.put(variation, parts);
    return parts;
  }
}
