package dev.ebt.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizeDataLawTest {
  private static final SizeDataLaw KNOWN = new SizeDataLaw(0.9655, 60, 0.55, 40, 0.4);
  private static final double[] SIZES = grid(i -> 10_000 * Math.pow(2, i / 5));
  private static final double[] DATA = grid(i -> 50_000 * Math.pow(2, i % 5));

  private static double[] grid(IntToDoubleFunction value) {
    return IntStream.range(0, 25).mapToDouble(value).toArray();
  }

  private static double[] losses(SizeDataLaw law) {
    return grid(i -> law.at(SIZES[i], DATA[i]));
  }

  @Test
  void aKnownLawIsFound() {
    SizeDataLaw fitted = SizeDataLaw.fit(0.9655, SIZES, DATA, losses(KNOWN));

    assertThat(KNOWN.at(10_000, 50_000))
        .isEqualTo(0.9655 + 60 * Math.pow(10_000, -0.55) + 40 * Math.pow(50_000, -0.4));
    assertThat(fitted.sizeExponent()).isCloseTo(0.55, within(1e-6));
    assertThat(fitted.dataExponent()).isCloseTo(0.4, within(1e-6));
    assertThat(fitted.sizeFactor()).isCloseTo(60, within(1e-3));
    assertThat(fitted.dataFactor()).isCloseTo(40, within(1e-3));
  }

  @Test
  void aNoisyLawHasNoBetterNeighbour() {
    double[] noisy = losses(KNOWN);
    Arrays.setAll(noisy, i -> 0.9655 + (noisy[i] - 0.9655) * (1 + 0.05 * Math.sin(7 * i)));
    SizeDataLaw best = SizeDataLaw.fit(0.9655, SIZES, DATA, noisy);

    for (double factor : new double[] {0.999, 1.001}) {
      assertThat(squares(best, noisy))
          .isLessThan(squares(changed(best, factor, 1, 1, 1), noisy))
          .isLessThan(squares(changed(best, 1, factor, 1, 1), noisy))
          .isLessThan(squares(changed(best, 1, 1, factor, 1), noisy))
          .isLessThan(squares(changed(best, 1, 1, 1, factor), noisy));
    }
  }

  private static SizeDataLaw changed(SizeDataLaw law, double a, double b, double c, double d) {
    return new SizeDataLaw(
        law.floor(),
        law.sizeFactor() * a,
        law.sizeExponent() * b,
        law.dataFactor() * c,
        law.dataExponent() * d);
  }

  private static double squares(SizeDataLaw law, double[] losses) {
    return Arrays.stream(
            grid(i -> Math.log((law.at(SIZES[i], DATA[i]) - 0.9655) / (losses[i] - 0.9655))))
        .map(each -> each * each)
        .sum();
  }

  @Test
  void anotherStartFindsTheSameLaw() {
    SizeDataLaw refitted =
        new SizeDataLaw(0.9655, 30, 0.5, 60, 0.45).refit(SIZES, DATA, losses(KNOWN));

    assertThat(refitted.sizeExponent()).isCloseTo(0.55, within(1e-5));
    assertThat(refitted.dataExponent()).isCloseTo(0.4, within(1e-5));
  }

  @Test
  void aLossBelowTheFloorHasNoFiniteLaw() {
    double[] below = losses(KNOWN);
    below[3] = 0.9;

    assertThat(SizeDataLaw.fit(0.9655, SIZES, DATA, below).sizeExponent()).isNotFinite();
    assertThatThrownBy(() -> SizeDataLaw.fit(1, SIZES, DATA, new double[] {2}))
        .hasMessage("25 sizes, 25 data and 1 losses; as many of each expected");
  }
}
