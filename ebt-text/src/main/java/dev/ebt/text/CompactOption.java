package dev.ebt.text;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;

/** The option that moves predictions which continue to smaller batches. */
final class CompactOption {
  private CompactOption() {}

  /**
   * Rejects the option where it has no effect.
   *
   * @throws UserException if no prediction stops before its last step, or if there is no key/value
   *     cache to move: observing the whole window again would take longer than a step
   */
  static void check(RunParts parts, GenerationOptions options) {
    if (!SpentEvaluations.differ(parts, options)) {
      throw new UserException(
          "--compact has no effect where all predictions take all steps; --tolerance, --evaluations"
              + " or a setting thinking.stop expected");
    }
    if (parts.model() instanceof EnergyModel model
        && !new EnergyFunction(parts.modality(), model, new Parameters(), parts.thinking().terms())
            .isIncremental()) {
      throw new UserException(
          "--compact moves key/value caches, and this model or an energy of thinking.energies has"
              + " none; leave it out");
    }
  }
}
