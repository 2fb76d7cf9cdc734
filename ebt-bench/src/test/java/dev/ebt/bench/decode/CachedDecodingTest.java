package dev.ebt.bench.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key/value cache on TensorFlow, in single precision, is as close to the numbers in double
 * precision as whole windows are. The two orders of summation round differently; thinking, and
 * conditioning most, amplifies that to errors from 1e-6 to 1e-4 of an energy, of cached and of
 * whole windows alike.
 */
class CachedDecodingTest {
  private static final int TOKENS = 24;

  /** The error of the worst of 100 energies varies by up to a factor of 2 between the two. */
  private static final double TIMES_THE_ERROR_OF_WHOLE_WINDOWS = 4;

  private static final double FEW_ROUNDINGS = 2e-6;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "autoregressive, conditioning: none, addPreviousEmbedding: true",
        "autoregressive, conditioning: time_embed",
        "autoregressive, conditioning: adaln",
        "transformer"
      })
  void cachedTokensAreThoseOfWholeWindows(String model) {
    try (Components single = open("{name: tensorflow, device: cpu}", model);
        Components exact = open("reference", model)) {
      List<TextGenerator.GeneratedToken> expected = write(exact, model, false);
      List<TextGenerator.GeneratedToken> whole = write(single, model, false);
      List<TextGenerator.GeneratedToken> cached = write(single, model, true);
      assertThat(tokens(whole)).hasSize(TOKENS).isEqualTo(tokens(expected));
      assertThat(tokens(cached)).isEqualTo(tokens(expected));
      double rounding = FEW_ROUNDINGS + TIMES_THE_ERROR_OF_WHOLE_WINDOWS * error(whole, expected);
      assertThat(rounding).as("of whole windows").isLessThan(1e-3);
      assertThat(error(cached, expected)).isLessThan(rounding);
    }
  }

  private static Components open(String backend, String model) {
    String yaml =
        """
        backend: %s
        modality: {name: text, length: 16}
        model: {name: %s, layers: 2, heads: 2, width: 16}
        objective: %s
        """
            .formatted(backend, model, thinks(model) ? "s1" : "likelihood");
    Overrides thinking =
        thinks(model)
            ? Overrides.of(
                "thinking={landscapes: 2, stepSize: 0.5, updateRule: mirror}",
                "modality.initial=noise")
            : Overrides.none();
    Catalog catalog = Plugins.discover(List.of());
    Components components =
        Components.of(catalog, Configurations.parse(catalog, "test", yaml, thinking));
    RunParts parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
    return components;
  }

  private static boolean thinks(String model) {
    return model.startsWith("autoregressive");
  }

  private static List<TextGenerator.GeneratedToken> write(
      Components components, String model, boolean cached) {
    int steps = thinks(model) ? 2 : 0;
    TextGenerator.GenerationOptions options =
        new TextGenerator.GenerationOptions(
            steps, 0, new TokenSampling(2.0, null, null, 3L), thinks(model) ? 2 : 1);
    RunParts parts = components.get(RunParts.class);
    try (TextGenerator generator =
        cached ? TextGenerator.of(parts) : TextGenerator.withoutCache(parts)) {
      return generator.generate(generator.tokenizer().encode("abc"), TOKENS, options, t -> true);
    }
  }

  private static List<Integer> tokens(List<TextGenerator.GeneratedToken> written) {
    return written.stream().map(TextGenerator.GeneratedToken::token).toList();
  }

  /** Returns the greatest error of an energy, relative to it if above 1, or of a probability. */
  private static double error(
      List<TextGenerator.GeneratedToken> actual, List<TextGenerator.GeneratedToken> expected) {
    double error = 0;
    for (int i = 0; i < TOKENS; i++) {
      TextGenerator.GeneratedToken exact = expected.get(i);
      error = Math.max(error, Math.abs(actual.get(i).probability() - exact.probability()));
      assertThat(actual.get(i).energies()).hasSameSizeAs(exact.energies());
      for (int step = 0; step < exact.energies().size(); step++) {
        double energy = exact.energies().get(step);
        double difference = Math.abs(actual.get(i).energies().get(step) - energy);
        error = Math.max(error, difference / Math.max(1, Math.abs(energy)));
      }
    }
    return error;
  }
}
