package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.monitor.TrainingPhase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private long millis;
  private final Throughput throughput =
      new Throughput(
          "tokens",
          32,
          256,
          () -> Instant.ofEpochMilli(1_700_000_000_123L + millis),
          () -> millis * 1_000_000);

  private void update(long milliseconds) {
    throughput.starting(TrainingPhase.UPDATE);
    millis += milliseconds;
    throughput.stepped();
  }

  private Map<String, Object> line(long step) {
    Map<String, Object> line = new LinkedHashMap<>();
    throughput.addTo(line, step);
    return line;
  }

  @Test
  void countsWhatWasSeenAndTheRateOfUpdatesAlone() {
    update(500);
    update(1500);
    throughput.starting(TrainingPhase.VALIDATION);
    millis += 60_000;
    assertThat(line(12))
        .containsExactly(
            Map.entry("rows", 384L),
            Map.entry("tokens", 98304L),
            Map.entry("time", "2023-11-14T22:14:22Z"),
            Map.entry("tokensPerSecond", 8192L),
            Map.entry("dataWait", 0.0));
    update(100);
    assertThat(line(13)).containsEntry("tokensPerSecond", 81920L).containsEntry("rows", 416L);
  }

  @Test
  void theShareOfWaitingIsThatOfTheUpdatesSinceTheLastLine() {
    update(400);
    throughput.waited(100_000_000);
    update(600);
    throughput.waited(23_456_789);

    assertThat(line(2)).containsEntry("dataWait", 0.1235);
    update(1000);
    assertThat(line(3)).containsEntry("dataWait", 0.0);
    assertThat(throughput.waitedShare()).isCloseTo(0.0617, within(1e-4));
  }

  @Test
  void aClockThatDoesNotMoveIsNoFault() {
    update(0);
    assertThat(line(1)).containsKey("tokensPerSecond");
  }
}
