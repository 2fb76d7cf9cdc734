package dev.ebt.tensorflow.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.HistogramProto;

class HistogramsTest {
  @Test
  void everyValueIsInTheBucketBetweenTwoLimits() {
    double[] values = {-2, -0.5, 0, 1e-30, 0.3, 0.31, 7};
    HistogramProto histogram = Histograms.of(values);
    assertThat(histogram.getNum()).isEqualTo(7);
    assertThat(histogram.getMin()).isEqualTo(-2);
    assertThat(histogram.getMax()).isEqualTo(7);
    assertThat(histogram.getSum()).isCloseTo(5.11, within(1e-12));
    assertThat(histogram.getSumSquares()).isCloseTo(53.4361, within(1e-12));
    assertThat(histogram.getBucketLimitList()).isSorted().doesNotHaveDuplicates();
    for (int i = 1; i < histogram.getBucketCount(); i++) {
      double low = histogram.getBucketLimit(i - 1);
      double high = histogram.getBucketLimit(i);
      double inside = 0;
      for (double value : values) {
        inside += value >= low && value < high ? 1 : 0;
      }
      assertThat(histogram.getBucket(i)).as("%s to %s", low, high).isEqualTo(inside);
    }
    assertThat(histogram.getBucketList().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(7);
  }

  @Test
  void extremeValuesAreCountedAndThoseThatAreNotFiniteLeftOut() {
    double[] values = {
      -Double.MAX_VALUE, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, 1
    };
    HistogramProto histogram = Histograms.of(values);
    assertThat(histogram.getNum()).isEqualTo(3);
    assertThat(histogram.getBucketList().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(3);
  }

  @Test
  void noValueAtAllIsAnEmptyHistogram() {
    HistogramProto histogram = Histograms.of(new double[] {Double.NaN});
    assertThat(histogram.getNum()).isZero();
    assertThat(histogram.getMin()).isZero();
  }
}
