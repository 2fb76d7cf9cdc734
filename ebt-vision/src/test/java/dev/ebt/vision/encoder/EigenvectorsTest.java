package dev.ebt.vision.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class EigenvectorsTest {
  private static final int FRAMES = 57;
  private static final int DIRECTIONS = 19;

  /** Products of frames that are fainter copies of each other, which the usual way cannot take. */
  private static RealMatrix copies() {
    Random random = new Random(1811);
    double[][] directions = new double[DIRECTIONS][FRAMES];
    for (double[] direction : directions) {
      for (int j = 0; j < FRAMES; j++) {
        direction[j] = random.nextGaussian();
      }
    }
    double[][] frames = new double[FRAMES][FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      for (int j = 0; j < FRAMES; j++) {
        frames[i][j] = (float) (directions[i % DIRECTIONS][j] * (1 + i / DIRECTIONS * 0.1));
      }
    }
    RealMatrix x = MatrixUtils.createRealMatrix(frames);
    return x.multiplyTransposed(x);
  }

  @Test
  void copiesOfFramesHaveEigenvectorsToo() {
    RealMatrix products = copies();
    assertThatThrownBy(() -> new EigenDecompositionSymmetric(products))
        .as("else this is no test")
        .isInstanceOf(MathIllegalStateException.class);
    Eigenvectors found = Eigenvectors.of(products);
    assertThat(found.values()[DIRECTIONS]).isCloseTo(0, within(1e-3));
    for (int i = 0; i < DIRECTIONS; i++) {
      double value = found.values()[i];
      assertThat(value)
          .isGreaterThan(1)
          .isLessThanOrEqualTo(i == 0 ? value : found.values()[i - 1]);
      RealMatrix vector = found.vectors().getColumnMatrix(i);
      assertThat(vector.getFrobeniusNorm()).isCloseTo(1, within(1e-9));
      RealMatrix left = products.multiply(vector).subtract(vector.scalarMultiply(value));
      assertThat(left.getFrobeniusNorm() / value).isCloseTo(0, within(1e-6));
    }
  }
}
