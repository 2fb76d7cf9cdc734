package dev.ebt.bench.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFieldsTest {
  private static Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", 100);
    line.put("loss", 1.23456);
    line.put("gradientNorm", 0.85218);
    line.put("firstEnergy", 2.5);
    line.put("lastEnergy", 2.25);
    line.put("stepSize", 503.777);
    line.put("rows", 3200);
    line.put("tokens", 204_800);
    line.put("tokensPerSecond", 6144L);
    return line;
  }

  @Test
  void aLineOfMetricsIsShownFromLossToData() {
    assertThat(MetricFields.of(line()))
        .containsExactly(
            "loss 1.235", "energy gap 0.250", "α 504", "gradient 0.852", "204.8k tokens");
  }

  @Test
  void missingMetricsAreLeftOut() {
    assertThat(MetricFields.of(Map.of("step", 1, "firstEnergy", 2.0))).isEmpty();
  }

  @Test
  void notANumberIsShownAsWhatItIs() {
    Map<String, Object> line = line();
    line.put("loss", Double.NaN);
    line.put("gradientNorm", Double.POSITIVE_INFINITY);
    assertThat(MetricFields.of(line)).contains("loss NaN", "gradient Infinity");
  }

  @Test
  void updatesPerSecondFollowFromTheRateOfTheData() {
    assertThat(MetricFields.updatesPerSecond(line())).contains(3.0);
    assertThat(MetricFields.updatesPerSecond(Map.of("step", 1, "loss", 1.0))).isEmpty();
    Map<String, Object> standing = line();
    standing.put("tokensPerSecond", 0);
    assertThat(MetricFields.updatesPerSecond(standing)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "950, 950", "12300, 12.3k", "4500000, 4.5M", "2.5e15, 2500.0T"})
  void countsAreShort(double count, String text) {
    assertThat(MetricFields.scaled(count)).isEqualTo(text);
  }
}
