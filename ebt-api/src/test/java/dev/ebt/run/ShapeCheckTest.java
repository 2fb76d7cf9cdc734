package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeCheckTest {
  private static final PointModality POINTS = new PointModality(Shape.of(3), 2);
  private static final Shape ROW = Shape.of(1, 3, 2);

  /** Data that is so many times the same row. */
  private record Same(int size, Batch row) implements Dataset, Examples {
    @Override
    public Batch batch(int... rows) {
      return row;
    }

    @Override
    public String description() {
      return "the same row";
    }

    @Override
    public String fingerprint() {
      return "same";
    }

    @Override
    public Examples training() {
      return new Same(0, row);
    }

    @Override
    public Examples validation() {
      return this;
    }
  }

  private static void check(int size, String feature, Shape context, Array target, Shape weight) {
    Batch row =
        new Batch(Map.of(feature, Array.filled(context, 0)), target, Array.filled(weight, 1));
    ShapeCheck.check(new Same(size, row), "mine", POINTS, "points");
  }

  @Test
  void takesWhatTheModalityWants() {
    assertThatCode(() -> check(5, "centre", ROW, Array.filled(ROW, 0), Shape.of(1, 3)))
        .doesNotThrowAnyException();
  }

  @Test
  void saysWhatTheRowsHaveAndWhatIsWanted() {
    Array whole = Array.of(Shape.of(1), 7L);

    assertThatThrownBy(() -> check(5, "x", Shape.of(1, 1), whole, Shape.of(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data 'mine' does not fit modality 'points': its rows have x REAL [1, 1] and target"
                + " INTEGER [1], weight [1]; centre REAL [1, 3, 2] and target REAL [1, 3, 2],"
                + " weight [1, 3] expected");
  }

  @Test
  void refusesAnyDifference() {
    Array target = Array.filled(ROW, 0);
    Array whole = Array.of(ROW, 1L, 2, 3, 4, 5, 6);

    assertThatThrownBy(() -> check(5, "other", ROW, target, Shape.of(1, 3)))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> check(5, "centre", Shape.of(1, 6), target, Shape.of(1, 3)))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> check(5, "centre", ROW, whole, Shape.of(1, 3)))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> check(5, "centre", ROW, target, Shape.of(1)))
        .isInstanceOf(UserException.class);
  }

  /** Whoever needs a row says so. */
  @Test
  void leavesDataWithoutRowsToOthers() {
    assertThatCode(() -> check(0, "other", ROW, Array.filled(ROW, 0), Shape.of(1)))
        .doesNotThrowAnyException();
  }
}
