package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RegularizersPluginTest {
  @Test
  void isFoundWithItsRegularizers() {
    EbtPlugin plugin =
        ServiceLoader.load(EbtPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(RegularizersPlugin.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(plugin.regularizers())
        .extracting(Factory::name)
        .containsExactly(
            "langevin",
            "random-step-size",
            "random-step-count",
            "gradient-clamp",
            "energy-l2",
            "spectral-step-size",
            "replay",
            "persistent-chains");
    assertThat(plugin.spiVersion()).isEqualTo(EbtPlugin.SPI_VERSION);
  }
}
