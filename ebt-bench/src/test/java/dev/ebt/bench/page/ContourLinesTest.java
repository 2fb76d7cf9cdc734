package dev.ebt.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.report.Axis;
import dev.ebt.report.HeatMap;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContourLinesTest {
  private static HeatMap map(DoubleBinaryOperator value) {
    double[] at = IntStream.rangeClosed(-10, 10).mapToDouble(i -> i / 5.0).toArray();
    double[][] values = new double[at.length][at.length];
    for (int row = 0; row < at.length; row++) {
      for (int column = 0; column < at.length; column++) {
        values[row][column] = value.applyAsDouble(at[column], at[row]);
      }
    }
    Axis axis = Axis.of("axis");
    return new HeatMap("map", "", axis, axis, at, at, values, axis, List.of());
  }

  @Test
  void aBowlHasOneClosedLineOnACircle() {
    List<List<ContourLines.Point>> lines = ContourLines.of(map((x, y) -> x * x + y * y), 1.5);

    assertThat(lines).hasSize(1);
    List<ContourLines.Point> line = lines.get(0);
    assertThat(line.get(0)).isEqualTo(line.get(line.size() - 1));
    assertThat(line)
        .allSatisfy(
            point ->
                assertThat(Math.hypot(point.x(), point.y()))
                    .isCloseTo(Math.sqrt(1.5), within(0.01)));
  }

  @Test
  void aSlopeHasOneStraightLineFromSideToSide() {
    List<List<ContourLines.Point>> lines = ContourLines.of(map((x, y) -> 3 * y), 0.3);

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).hasSize(21);
    assertThat(lines.get(0))
        .allSatisfy(point -> assertThat(point.y()).isCloseTo(0.1, within(1e-12)));
  }

  @Test
  void aSaddleHasTwoLinesThatDoNotCross() {
    List<List<ContourLines.Point>> lines = ContourLines.of(map((x, y) -> x * y), 0.005);

    assertThat(lines).hasSize(2);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line)
                    .allMatch(point -> point.x() * line.get(0).x() > 0)); // On one side each.
  }

  @Test
  void squaresWithoutANumberAreLeftOut() {
    HeatMap map = map((x, y) -> x > 0 ? Double.NaN : y);

    assertThat(ContourLines.of(map, 0.1)).hasSize(1);
    assertThat(ContourLines.of(map, 0.1).get(0)).allMatch(point -> point.x() <= 0);
  }
}
