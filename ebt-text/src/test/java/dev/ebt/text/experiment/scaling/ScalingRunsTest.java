package dev.ebt.text.experiment.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.experiment.ChosenRates;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScalingRunsTest {
  private static String words(Map<Integer, String> ebt, Map<Integer, String> transformer) {
    NavigableMap<Integer, String> first = new TreeMap<>(ebt);
    NavigableMap<Integer, String> second = new TreeMap<>(transformer);
    return ScalingRuns.words(new ChosenRates(Map.of("ebt", first, "transformer", second)));
  }

  @Test
  void ratesInWordsSayBeyondWhichNoneWasTried() {
    assertThat(words(Map.of(16, "0.032", 64, "0.002"), Map.of(16, "0.016", 64, "0.004")))
        .isEqualTo(
            "The learning rates are 0.032 (the highest one tried) at width 16 and 0.002 at width 64"
                + " of the EBT and 0.016 at width 16 and 0.004 at width 64 of the Transformer++.");
    assertThat(words(Map.of(32, "0.008"), Map.of(32, "0.016")))
        .isEqualTo("The learning rates are 0.008 of the EBT and 0.016 of the Transformer++.");
  }
}
