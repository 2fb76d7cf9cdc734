package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsComparisonTest {
  private static Map<String, Object> update(long step, double loss) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("loss", loss);
    line.put("time", "at " + loss);
    line.put("tokensPerSecond", loss);
    return line;
  }

  private static Map<String, Object> validation(long step, Object losses) {
    return Map.of("step", step, "validation.lossBySteps", losses);
  }

  @Test
  void theSameNumbersAgreeWhateverTheTime() {
    List<Map<String, Object>> lines =
        List.of(update(1, 2), validation(1, List.of(1.0, Double.NaN)), update(2, Double.NaN));
    List<Map<String, Object>> later =
        lines.stream()
            .map(
                line -> {
                  Map<String, Object> copy = new LinkedHashMap<>(line);
                  copy.replace("time", "later");
                  copy.replace("tokensPerSecond", 7);
                  return copy;
                })
            .toList();
    assertThat(MetricsComparison.of(lines, later, 0)).isEqualTo(new MetricsComparison(3, null, 0));
  }

  @Test
  void theFirstDifferenceIsNamedAndTheLargestMeasured() {
    MetricsComparison found =
        MetricsComparison.of(
            List.of(update(1, 2), update(2, 4), update(3, 8)),
            List.of(update(1, 2), update(2, 4.0004), update(3, 4)),
            0);
    assertThat(found.lines()).isEqualTo(3);
    MetricsComparison.Difference first = found.first();
    assertThat(first).isNotNull();
    assertThat(List.of(first.step(), first.metric(), first.recorded(), first.repeated()))
        .containsExactly(2L, "loss", "4.0", "4.0004");
    assertThat(first.relative()).isCloseTo(1e-4, within(1e-8));
    assertThat(found.largest()).isEqualTo(0.5);
  }

  @Test
  void differencesWithinTheToleranceAgreeAndAreStillMeasured() {
    MetricsComparison found =
        MetricsComparison.of(List.of(update(1, 1)), List.of(update(1, 1.001)), 0.01);
    assertThat(found.first()).isNull();
    assertThat(found.largest()).isCloseTo(0.001, within(1e-5));
  }

  @Test
  void listsMissingValuesAndValuesThatAreNotFiniteDiffer() {
    List<Map<String, Object>> recorded = List.of(validation(4, List.of(1.0, 2.0)));
    for (Object other :
        List.of(List.of(1.0, 3.0), List.of(1.0), List.of(1.0, Double.NaN), "text")) {
      assertThat(MetricsComparison.of(recorded, List.of(validation(4, other)), 0).first())
          .as("%s", other)
          .isNotNull();
    }
    assertThat(MetricsComparison.of(recorded, List.of(Map.of("step", 4L)), 0).largest())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void linesOfOneTrainingAloneAreNotCompared() {
    MetricsComparison found =
        MetricsComparison.of(
            List.of(update(1, 1), validation(1, 2.0), update(2, 2)), List.of(update(1, 1)), 0);
    assertThat(found).isEqualTo(new MetricsComparison(1, null, 0));
  }
}
