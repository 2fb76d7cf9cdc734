package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.run.RunParts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weight decay applies to the matrices of linear maps: not to biases, gains and scalars. */
class DecayedParametersTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  @ParameterizedTest
  @CsvSource({
    "brackets, model.conditioning=adaln",
    "transformer, training.batch=2",
    "s2, 'model={name: autoregressive, layers: 1, heads: 1, width: 8, norm: layer}'",
    "s2, 'model={name: autoregressive, layers: 1, heads: 1, width: 8, norm: dyt, conditioning: time_embed}'",
    "denoise, training.batch=2",
    "dit, training.batch=2",
    "generate, training.batch=2",
    "autoencoder, training.batch=2",
    "video, modality.encoder=pixels"
  })
  void vectorsAndScalarsDoNotDecay(String recipe, String override) {
    RunConfiguration configuration =
        Configurations.load(
            CATALOG, recipe, null, Overrides.of(override, "backend.name=reference"));
    try (Components components = Components.of(CATALOG, configuration)) {
      List<ParameterSpec> parameters = components.get(RunParts.class).parameters();
      assertThat(parameters)
          .filteredOn(spec -> spec.shape().rank() >= 2 && spec.traits().decayed())
          .isNotEmpty();
      assertThat(parameters)
          .filteredOn(spec -> spec.traits().decayed() && spec.traits().rate() != 0)
          .filteredOn(spec -> spec.shape().rank() < 2)
          .extracting(ParameterSpec::name)
          .isEmpty();
    }
  }
}
