package dev.ebt.regularizers;

import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.regularize.Regularizer;
import java.util.List;

/** The plugin that provides the regularizers of this module. */
public final class RegularizersPlugin implements EbtPlugin {
  @Override
  public String name() {
    return "regularizers";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of(
        factory("langevin", "normal noise on the candidate before each gradient", Langevin.class),
        factory(
            "random-step-size",
            "a random step size for each prediction, the same for all steps",
            RandomStepSize.class),
        factory(
            "random-step-count",
            "each thinking step, or the final one, taken a random number of times",
            RandomStepCount.class),
        factory(
            "gradient-clamp", "Limits the change of a candidate in one step", GradientClamp.class),
        factory("energy-l2", "the square of energies, added to the loss", EnergyL2.class),
        factory(
            "spectral-step-size",
            "a bound on the step size by the energy's curvature, anew for each step",
            SpectralStepSize.class),
        factory(
            "replay",
            "Trains on some rows again and continues thinking from their final candidates",
            Replay.class),
        factory(
            "persistent-chains",
            "Continues sampling chains over all training steps, for contrastive divergence",
            PersistentChains.class));
  }

  /** Returns the factory of a regularizer that is the record of its settings. */
  private static <R extends Record & Regularizer> Factory<R, R> factory(
      String name, String summary, Class<R> type) {
    return Factory.of(name, summary, type, (settings, context) -> settings);
  }
}
