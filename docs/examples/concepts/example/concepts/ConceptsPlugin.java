package example.concepts;

import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import java.util.List;
import java.util.Map;

/** Energies of concepts, learned one by one and added: {@code ring} and {@code apart}. */
public final class ConceptsPlugin implements EbtPlugin {
  private static final String RECIPE =
      """
      # One concept of point sets, such as data.concept=ring, in a minute
      modality: {name: point-sets, points: 6}
      data: {name: concept, concept: ring}
      model: {name: joint, layers: 2, heads: 4, width: 64, feedForward: 2, energyScale: 10}
      objective: {name: matching, steps: 100}
      thinking: {landscapes: 1, stepSize: 0.01}
      schedule: {name: cosine, warmUp: 50}
      training: {steps: 1000, batch: 128, learningRate: 0.003, emaDecay: 0.99, validateEvery: 500}
      """;

  @Override
  public String name() {
    return "concepts";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of("point-sets", "sets of points", PointSets.class, (settings, run) -> settings));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            "concept",
            "point sets that satisfy a concept",
            ConceptData.Settings.class,
            (settings, run) -> {
              if (run.modality() instanceof PointSets modality) {
                return new ConceptData(settings.concept(), modality);
              }
              throw new UserException("data.name=concept is for modality.name=point-sets");
            }));
  }

  @Override
  public Map<String, String> recipes() {
    return Map.of("concept", RECIPE);
  }
}
