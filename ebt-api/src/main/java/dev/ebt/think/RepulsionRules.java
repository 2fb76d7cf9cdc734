package dev.ebt.think;

import dev.ebt.error.SettingException;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.optimize.Optimizer;
import dev.ebt.step.ThinkingMethod;

/** Checks that a repulsion between candidates has the effect that it states. */
final class RepulsionRules {
  private RepulsionRules() {}

  /**
   * Checks that candidates are made one after the other, can be displaced, and stay displaced.
   *
   * @param positions number of selected positions of each row; 0 for whole rows
   * @throws SettingException if they are not
   */
  static void check(ThinkingMethod thinking, Modality modality, int positions) {
    if (thinking.repel() == null) {
      return;
    }
    if (positions > 0) {
      throw refusal(
          "is for candidates of whole rows, which are made one after the other; those of a token"
              + " are thought about together; leave it out");
    }
    if (modality.isBinary() || HeldElements.areGivenBy(modality)) {
      throw refusal(
          "is for candidates whose elements can all be displaced; those of this modality are -1 or"
              + " 1, or given by the context; leave it out");
    }
    Optimizer optimizer = thinking.optimizer();
    if (optimizer.comparesEnergies() || optimizer.stepsPerSample() > 1) {
      throw refusal(
          "displaces candidates between steps, and thinking.optimizer would undo that, as it goes"
              + " on from a candidate of its own that it compares others with; choose one that does"
              + " not, such as gradient-descent or langevin, or leave it out");
    }
  }

  private static SettingException refusal(String reason) {
    return new SettingException("thinking.repel", reason);
  }
}
