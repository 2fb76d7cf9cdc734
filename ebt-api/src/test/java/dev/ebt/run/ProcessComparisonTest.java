package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessComparisonTest {
  @Test
  void aValueOfSeveralLinesIsOneFact() {
    Map<String, String> facts =
        Map.of("data.separator", "a\rb\r\nc\td", "the version of ebt", "0.1.0");
    assertThat(ProcessComparison.parsed(ProcessComparison.text(facts)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("data.separator", "a b  c d", "the version of ebt", "0.1.0"));
  }
}
