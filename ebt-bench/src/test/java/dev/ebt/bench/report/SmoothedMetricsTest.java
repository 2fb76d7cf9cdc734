package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.monitor.StepMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmoothedMetricsTest {
  @Test
  void metricsFollowSlowlyAndTheGradientNormIsTheLastOne() {
    SmoothedMetrics smoothed = new SmoothedMetrics();
    assertThat(smoothed.loss()).isNaN();
    smoothed.add(new StepMetrics(2, 5, Map.of("firstEnergy", 1.0)));
    smoothed.add(new StepMetrics(1, 7, Map.of("firstEnergy", 3.0)));
    assertThat(smoothed.loss()).isCloseTo(1.9, within(1e-12));
    assertThat(smoothed.values().get("firstEnergy")).isCloseTo(1.2, within(1e-12));
    assertThat(smoothed.values()).containsEntry("gradientNorm", 7.0);
  }
}
