package dev.ebt.inference;

import dev.ebt.error.UserException;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model with the variations of its thinking that calls have asked for. */
final class ModelVariations {
  /** The greatest number with programs of their own; of the others, those used last are kept. */
  static final int MAX_COMPILED = 16;

  private final TrainedModel model;
  private final Map<ThinkingVariation, RunParts> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private int made;

  ModelVariations(TrainedModel model) {
    this.model = model;
  }

  /**
   * Returns the model with a variation.
   *
   * @param inUse the variations that calls are being answered with, whose programs are kept
   * @throws UserException if the model cannot think so, or thinks in too many ways at this time
   */
  TrainedModel of(ThinkingVariation variation, Set<ThinkingVariation> inUse) {
    ThinkingVariation ofPrograms = variation.ofPrograms();
    RunParts parts =
        ofPrograms.equals(ThinkingVariation.NONE) ? model.parts() : compiled(ofPrograms, inUse);
    Double scale = variation.stepSizeScale();
    return scale == null ? model.with(parts) : model.with(parts.scaledBy(scale));
  }

  private RunParts compiled(ThinkingVariation variation, Set<ThinkingVariation> inUse) {
    RunParts known = compiled.get(variation);
    if (known != null) {
      return known;
    }
    if (compiled.size() == MAX_COMPILED) {
      evict(inUse);
    }
    RunParts parts = model.parts().thinkingBy(variation.of(model.parts().thinking(), made));
    made++;
    compiled.put(variation, parts);
    return parts;
  }

  /** Gives the programs up that were used longest ago, of those that no call needs. */
  private void evict(Set<ThinkingVariation> inUse) {
    Set<ThinkingVariation> needed =
        inUse.stream().map(ThinkingVariation::ofPrograms).collect(Collectors.toSet());
    ThinkingVariation eldest =
        compiled.keySet().stream()
            .filter(each -> !needed.contains(each))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        "calls with "
                            + MAX_COMPILED
                            + " combinations of stoppingRule, selection and energies are being"
                            + " answered, as many as the model has programs for at a time; use one"
                            + " of them, with equal or the same objects, or try again later"));
    compiled.remove(eldest);
  }
}
