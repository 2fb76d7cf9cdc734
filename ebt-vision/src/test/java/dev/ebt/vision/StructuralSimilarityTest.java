package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructuralSimilarityTest {
  private static final int SIDE = 13;
  private static final int PIXELS = SIDE * SIDE;
  private static final double RANGE = 2;

  @Test
  void equalImagesHaveOne() {
    assertThat(of(noise(1, 1), noise(1, 1), 1)[0]).isCloseTo(1, within(1e-12));
  }

  /** Without any spread the second factor is 1. */
  @Test
  void flatImagesDifferInTheirMeans() {
    double[] dark = new double[PIXELS];
    double[] light = new double[PIXELS];
    java.util.Arrays.fill(dark, 0.2);
    java.util.Arrays.fill(light, 0.6);
    double c = 0.0004;
    assertThat(of(dark, light, 1)[0])
        .isCloseTo((2 * 0.2 * 0.6 + c) / (0.04 + 0.36 + c), within(1e-9));
  }

  @Test
  void windowsAreAsTheFormulaSays() {
    double[] a = noise(3, 1);
    double[] b = noise(4, 0.5);
    assertThat(of(a, b, 1)[0]).isCloseTo(plain(a, b), within(1e-10));
    for (int i = 0; i < PIXELS; i++) {
      b[i] = 0.7 * a[i] + 0.1;
    }
    assertThat(of(a, b, 1)[0]).isCloseTo(plain(a, b), within(1e-10));
  }

  @Test
  void imagesAreJudgedEachByItself() {
    double[] a = new double[2 * PIXELS];
    double[] b = new double[2 * PIXELS];
    System.arraycopy(noise(5, 1), 0, a, 0, PIXELS);
    System.arraycopy(noise(5, 1), 0, b, 0, PIXELS);
    System.arraycopy(noise(6, 1), 0, a, PIXELS, PIXELS);
    System.arraycopy(noise(7, 1), 0, b, PIXELS, PIXELS);
    double[] found = of(a, b, 2);
    assertThat(found[0]).isCloseTo(1, within(1e-12));
    assertThat(found[1]).isCloseTo(plain(noise(6, 1), noise(7, 1)), within(1e-10));
  }

  /** The definition, window by window. */
  private static double plain(double[] a, double[] b) {
    double sum = 0;
    for (int place = 0; place < 9; place++) {
      double[] m = new double[6];
      for (int i = 0; i < 121; i++) {
        int y = i / 11;
        int x = i % 11;
        double w = Math.exp(-((y - 5) * (y - 5) + (x - 5) * (x - 5)) / 4.5);
        int at = (place / 3 + y) * SIDE + place % 3 + x;
        double[] moments = {1, a[at], b[at], a[at] * a[at], b[at] * b[at], a[at] * b[at]};
        for (int j = 0; j < 6; j++) {
          m[j] += w * moments[j];
        }
      }
      double ma = m[1] / m[0];
      double mb = m[2] / m[0];
      double c1 = Math.pow(0.01 * RANGE, 2);
      double c2 = Math.pow(0.03 * RANGE, 2);
      sum +=
          (2 * ma * mb + c1)
              * (2 * (m[5] / m[0] - ma * mb) + c2)
              / ((ma * ma + mb * mb + c1) * (m[3] / m[0] - ma * ma + m[4] / m[0] - mb * mb + c2));
    }
    return sum / 9;
  }

  private static double[] noise(long seed, double scale) {
    double[] noise = Philox.uniform(seed, 0, PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      noise[i] = scale * (2 * noise[i] - 1);
    }
    return noise;
  }

  private static double[] of(double[] a, double[] b, int rows) {
    Shape shape = Shape.of(rows, 1, SIDE, SIDE);
    Tensor index =
        new StructuralSimilarity(SIDE, RANGE)
            .of(Tensor.constant(Array.of(shape, a)), Tensor.constant(Array.of(shape, b)));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("index", index).build();
      return backend.compile(program).run(Map.of()).get("index").doubles();
    }
  }
}
