package dev.ebt.bench.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

/** A key/value cache on TensorFlow has the numbers of whole windows, in single precision. */
class CachedDecodingTest {
  private static final int TOKENS = 24;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "autoregressive, conditioning: none, addPreviousEmbedding: true",
        "autoregressive, conditioning: time_embed",
        "transformer"
      })
  void cachedTokensAreThoseOfWholeWindows(String model) {
    boolean thinks = model.startsWith("autoregressive");
    String yaml =
        """
        backend: {name: tensorflow, device: cpu}
        modality: {name: text, length: 16}
        model: {name: %s, layers: 2, heads: 2, width: 16}
        objective: %s
        """
            .formatted(model, thinks ? "s1" : "likelihood");
    Overrides thinking =
        thinks
            ? Overrides.of(
                "thinking={landscapes: 2, stepSize: 0.5, updateRule: mirror}",
                "modality.initial=noise")
            : Overrides.none();
    Catalog catalog = Plugins.discover(List.of());
    try (Components components =
        Components.of(catalog, Configurations.parse(catalog, "test", yaml, thinking))) {
      RunParts parts = components.get(RunParts.class);
      TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
      TextGenerator.GenerationOptions options =
          new TextGenerator.GenerationOptions(
              thinks ? 2 : 0, 0, new TokenSampling(2.0, null, null, 3L), thinks ? 2 : 1);
      try (TextGenerator cached = TextGenerator.of(parts);
          TextGenerator whole = TextGenerator.withoutCache(parts)) {
        assertSame(write(cached, options), write(whole, options));
      }
    }
  }

  private static List<TextGenerator.GeneratedToken> write(
      TextGenerator generator, TextGenerator.GenerationOptions options) {
    return generator.generate(generator.tokenizer().encode("abc"), TOKENS, options, t -> true);
  }

  private static void assertSame(
      List<TextGenerator.GeneratedToken> cached, List<TextGenerator.GeneratedToken> whole) {
    assertThat(cached).hasSize(TOKENS).hasSameSizeAs(whole);
    for (int i = 0; i < TOKENS; i++) {
      assertThat(cached.get(i).token()).isEqualTo(whole.get(i).token());
      assertThat(cached.get(i).probability()).isCloseTo(whole.get(i).probability(), within(1e-5));
      for (int step = 0; step < whole.get(i).energies().size(); step++) {
        double expected = whole.get(i).energies().get(step);
        assertThat(cached.get(i).energies().get(step))
            .isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
      }
    }
  }
}
