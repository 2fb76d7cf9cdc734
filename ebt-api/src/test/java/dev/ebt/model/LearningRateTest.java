package dev.ebt.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
  private static TransformerSettings settings(String size, Integer layers, Integer width) {
    return new TransformerSettings(
        size, layers, null, width, null, null, null, null, null, null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "mini", "4xs", "3xs", "xxs", "xs", "small", "large", "xl"})
  void theNameOfASizeIsForgottenOnceItsSizesAreKnown(String name) {
    double rate = settings(name, 1, 192).suitableRate();
    assertThat(rate).isEqualTo(settings(null, 1, 192).suitableRate()).isEqualTo(0.004);
    TransformerSettings named = settings(name, null, null);
    assertThat(settings(null, named.layers(), named.width()).suitableRate())
        .isEqualTo(named.suitableRate());
  }

  @Test
  void headsDoNotMatter() {
    assertThat(TransformerSettings.of(2, 4, 128).suitableRate())
        .isEqualTo(TransformerSettings.of(2, 2, 128).suitableRate())
        .isEqualTo(0.0024);
  }

  @ParameterizedTest
  @CsvSource({"mini, 0.004", "tiny, 0.004", "3xs, 0.0018", "xl, 0.0002", "medium, 0.0003"})
  void imageModelsOfASizeLearnAlike(String name, double rate) {
    assertThat(new BidirectionalSettings(name, null, null, null, null).suitableRate())
        .isEqualTo(settings(name, null, null).suitableRate())
        .isEqualTo(rate);
  }

  @Test
  void moreWeightsNeverLearnFasterBetweenTheSizes() {
    double before = 1;
    for (int width = 8; width <= 8192; width *= 2) {
      double rate = LearningRate.of(5, width);
      assertThat(rate).as("width %d", width).isPositive().isLessThanOrEqualTo(before);
      before = rate;
    }
    assertThat(LearningRate.of(8, 256)).isBetween(0.0012, 0.0018);
    assertThat(LearningRate.of(24, 4096)).isBetween(0.00005, 0.0002);
  }
}
