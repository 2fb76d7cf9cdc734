package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.nn.ParameterSpec.Traits;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.train.ParameterUpdateRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The learning rate of every step of every recipe, to the last bit. */
class RecipeRatesTest {
  private static final Catalog CATALOG = Plugins.discover(List.of());

  @ParameterizedTest
  @CsvSource({
    "autoencoder, 100, 0.02",
    "brackets, 50, 0.05",
    "denoise, 50, 0.05",
    "denoise-s2, 50, 0.05",
    "dit, 50, 0.05",
    "generate, 50, 0.05",
    "generate-dit, 50, 0.05",
    "generate-fast, 50, 0.05",
    "generate-means, 50, 0.05",
    "s1, 100, 0.1",
    "s2, 100, 0.1",
    "text, 100, 0.1",
    "transformer, 100, 0.1",
    "unrolled, 100, 0.1",
    "video, 100, 0.05",
    "video-residual, 20, 0.05"
  })
  void ratesAreThoseOfWarmUpAndCosine(String recipe, int warmUp, double floor) {
    RunConfiguration configuration = Configurations.load(CATALOG, recipe, null, Overrides.none());
    int steps = configuration.training().steps();
    double peak = configuration.training().learningRate();
    try (Components components = Components.of(CATALOG, configuration)) {
      ParameterUpdateRule rule = components.get(ParameterUpdateRule.class);
      for (double factor : new double[] {1, 3}) {
        double top = peak * factor;
        for (int step = 1; step <= steps; step++) {
          double fraction = (double) (step - warmUp) / (steps - warmUp);
          double expected =
              step <= warmUp
                  ? top * (0.0 + (1 - 0.0) * step / warmUp)
                  : floor * top + (top - floor * top) * (1 + Math.cos(Math.PI * fraction)) / 2;
          assertThat(rule.rate(step, Traits.WEIGHT.withRate(factor)))
              .as("rate of step %d of group %s", step, factor)
              .isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "training.schedule=linear, 400, 0.5",
    "schedule.name=constant, 400, 1",
    "schedule.name=inverse-square-root, 400, 0.5",
    "schedule.name=warm-up-stable-decay, 400, 1"
  })
  void otherSchedulesAreChosenByName(String override, int step, double rate) {
    RunConfiguration configuration =
        Configurations.load(
            CATALOG,
            "s1",
            null,
            Overrides.of(override, "training.steps=700", "training.learningRate=1"));
    try (Components components = Components.of(CATALOG, configuration)) {
      assertThat(components.get(ParameterUpdateRule.class).rate(step, Traits.WEIGHT))
          .isCloseTo(rate, within(1e-12));
    }
  }
}
