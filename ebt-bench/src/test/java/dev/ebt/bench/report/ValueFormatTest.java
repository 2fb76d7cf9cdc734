package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueFormatTest {
  @Test
  void nounsAgreeWithTheirCount() {
    assertThat(ValueFormat.counted(1, "update")).isEqualTo("1 update");
    assertThat(ValueFormat.counted(0, "update")).isEqualTo("0 updates");
    assertThat(ValueFormat.counted(1200, "update")).isEqualTo("1,200 updates");
    assertThat(EvaluationReport.rowsOf(9, 1)).isEqualTo("the only row");
    assertThat(EvaluationReport.rowsOf(9, 2)).isEqualTo("all 2 rows");
  }

  @Test
  void longAndInvisibleTextIsOneShortLine() {
    assertThat(ValueFormat.oneLine("\n\t\u001b abc")).isEqualTo("\\n\\t\\u001b abc");
    String symbols = "\uD83D\uDE00".repeat(61);
    assertThat(ValueFormat.oneLine(symbols))
        .isEqualTo("\uD83D\uDE00".repeat(40) + "…" + "\uD83D\uDE00".repeat(8) + " (61 characters)");
  }

  @Test
  void smallSharesHaveTheDigitsOfTheirColumn() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    MetricTable.print(
        List.of(Map.of("accuracy", 9.766e-4), Map.of("accuracy", 0.25)),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(String::strip))
        .containsExactly("accuracy", "0.0010", "0.2500");
  }
}
