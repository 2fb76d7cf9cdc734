package dev.ebt.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.report.Series;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final int LONG = 20_000;

  private static Series line(double... y) {
    return Series.line("loss", IntStream.range(0, y.length).mapToDouble(i -> i).toArray(), y);
  }

  @Test
  void aShortLineStaysAsItIs() {
    Series line = line(3, 2, 1);

    assertThat(Thinning.of(line)).isSameAs(line);
  }

  @Test
  void spikesGapsAndEndsOfALongLineStay() {
    double[] y = IntStream.range(0, LONG).mapToDouble(i -> 1.0 / (i + 1)).toArray();
    y[7_654] = 99;
    y[12_345] = -99;
    y[15_000] = Double.NaN;

    Series thin = Thinning.of(line(y));

    assertThat(thin.size()).isLessThanOrEqualTo(Thinning.MOST);
    assertThat(thin.x()).startsWith(0).endsWith(LONG - 1).isSorted();
    assertThat(thin.y()).contains(99, -99, Double.NaN);
  }

  @Test
  void aLineWithoutAnyNumberIsThinnedToo() {
    double[] y = new double[LONG];
    Arrays.fill(y, Double.NaN);

    assertThat(Thinning.of(line(y)).size()).isBetween(1, Thinning.MOST);
  }
}
