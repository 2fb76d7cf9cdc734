package dev.ebt.core;

import dev.ebt.objective.Objective;
import dev.ebt.plugin.Factory;
import dev.ebt.train.density.ContrastiveDivergence;
import dev.ebt.train.density.DenoisingScoreMatching;
import dev.ebt.train.density.InfoNce;
import dev.ebt.train.density.JointEnergyObjective;
import dev.ebt.train.density.NoiseContrastiveEstimation;
import dev.ebt.train.density.Ranking;
import dev.ebt.train.density.SlicedScoreMatching;
import java.util.List;

/** The objectives that train densities. */
final class DensityParts {
  private DensityParts() {}

  /** Returns the objectives. */
  static List<Factory<? extends Objective, ?>> objectives() {
    return List.of(
        objective(
            "contrastive-divergence",
            "The energy of data against that of what a few sampling steps make of it (CD-k)",
            ContrastiveDivergence.class),
        objective(
            "denoising-score-matching",
            "The energy's gradient against the noise that was added to the data",
            DenoisingScoreMatching.class),
        objective(
            "sliced-score-matching",
            "The energy's gradient and curvature at the data, along random directions",
            SlicedScoreMatching.class),
        objective(
            "noise-contrastive",
            "Data against points of a known density; learns the normalizing constant, too",
            NoiseContrastiveEstimation.class),
        objective("info-nce", "The target chosen among negatives by its energy", InfoNce.class),
        objective(
            "joint-energy",
            "A classifier and a generator in one: classes by their energies, and CD-k (JEM)",
            JointEnergyObjective.class),
        objective("ranking", "The target above worse answers, pair by pair", Ranking.class));
  }

  /** Returns the factory of an objective that is the record of its settings. */
  private static <O extends Record & Objective> Factory<O, O> objective(
      String name, String summary, Class<O> type) {
    return Factory.of(name, summary, type, (settings, context) -> settings);
  }
}
