package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.modality.NaiveBaseline;
import dev.ebt.run.BudgetResult;
import dev.ebt.run.MetricValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveVerdictTest {
  private static final NaiveBaseline REPEATING =
      new NaiveBaseline("repeating", "psnr", 27.604, true);

  private static String sentence(NaiveBaseline naive, String figure, double... values) {
    List<BudgetResult> results = new ArrayList<>();
    for (int steps = 0; steps < values.length; steps++) {
      List<MetricValue> metrics = List.of(new MetricValue(figure, values[steps], ""));
      results.add(new BudgetResult(steps, 1, steps, 0, metrics));
    }
    return new NaiveVerdict(naive, results).sentence();
  }

  @Test
  void saysWhetherAndWhenAModelIsBetter() {
    assertThat(sentence(REPEATING, "psnr", 3, 11.8, 12.5))
        .isEqualTo("WORSE than repeating, which gives psnr 27.60: at best 12.50 after 2 steps");
    assertThat(sentence(REPEATING, "psnr", 3, 28, 27.9))
        .isEqualTo("better than repeating, which gives psnr 27.60: at best 28.00 after 1 step");
    assertThat(sentence(REPEATING, "psnr", 3, 28, 27.5, 20))
        .isEqualTo(
            "better than repeating, which gives psnr 27.60: at best 28.00 after 1 step; but WORSE"
                + " after 2, 3 steps");
  }

  @Test
  void lowerMayBeBetterAndABaselineHasNoSteps() {
    NaiveBaseline error = new NaiveBaseline("guessing", "mse", 5, false);
    assertThat(sentence(error, "mse", 4.5))
        .isEqualTo("better than guessing, which gives mse 5.00: at best 4.50");
    assertThat(sentence(error, "mse", 5)).startsWith("WORSE");
    assertThat(sentence(error, "loss", 5)).isEmpty();
  }
}
