package dev.ebt.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.report.Axis;
import dev.ebt.report.Chart;
import dev.ebt.report.Series;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartFileTest {
  private static final int WIDTH = 720;
  private static final int HALF_OF_THE_NUMBER = 30;

  @Test
  void aLargeNumberOfALogarithmicAxisIsShortAndNotCutOff() {
    double last = Math.pow(2, 40);
    Chart chart =
        new Chart(
            "flops",
            "Loss by FLOPs",
            "",
            Axis.logarithmic("FLOPs"),
            Axis.of("loss"),
            List.of(Series.marked("EBT", new double[] {last / 16, last}, new double[] {2, 1})));

    Matcher number =
        Pattern.compile("translate\\(([0-9.]+) [0-9.]+\\)\"[^>]*>1\\.0995e12<")
            .matcher(ChartFile.svg(chart));
    assertThat(number.find()).isTrue();
    assertThat(Double.parseDouble(number.group(1))).isLessThan(WIDTH - HALF_OF_THE_NUMBER);
  }
}
