package dev.ebt.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PathPlaneTest {
  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void thePlaneHoldsAPathThatLiesInOne() {
    double[][] path = {{4, 1, 0, 2}, {2, 2, 0, 2}, {1, 1, 0, 2}};

    PathPlane plane = PathPlane.of(path);

    assertThat(dot(plane.first(), plane.first())).isCloseTo(1, within(1e-9));
    assertThat(dot(plane.second(), plane.second())).isCloseTo(1, within(1e-9));
    assertThat(dot(plane.first(), plane.second())).isCloseTo(0, within(1e-9));
    for (int i = 0; i < path.length; i++) {
      for (int k = 0; k < 4; k++) {
        double back = plane.x()[i] * plane.first()[k] + plane.y()[i] * plane.second()[k];
        assertThat(path[2][k] + back).isCloseTo(path[i][k], within(1e-9));
      }
    }
  }

  @Test
  void aStraightPathGetsASecondDirectionAmongWhatVaries() {
    PathPlane plane = PathPlane.of(new double[][] {{2, 4, 7}, {1, 2, 7}, {0, 0, 7}});

    assertThat(plane.y()).containsOnly(new double[] {0}, within(1e-9));
    assertThat(dot(plane.first(), plane.second())).isCloseTo(0, within(1e-9));
    assertThat(dot(plane.second(), plane.second())).isCloseTo(1, within(1e-9));
    assertThat(plane.second()[2]).isZero();
  }

  @Test
  void aPathThatDoesNotMoveHasNoPlane() {
    assertThatThrownBy(() -> PathPlane.of(new double[][] {{1, 2}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
