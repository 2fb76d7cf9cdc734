package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PerformanceHintTest {
  @Test
  void aModelIsSmallIfEachOfItsParametersIs() {
    long small = 256 * 1024;
    assertThat(PerformanceHint.forInference(LongStream.of(small, small, small)))
        .isEqualTo(PerformanceHint.LATENCY);
    assertThat(PerformanceHint.forInference(LongStream.of(1, small + 1)))
        .isEqualTo(PerformanceHint.THROUGHPUT);
  }
}
