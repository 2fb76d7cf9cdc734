package dev.ebt.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PowerLawTest {
  private static final double[] X = {100, 200, 400, 800, 1600};

  private static double[] values(PowerLaw law) {
    return Arrays.stream(X).map(law::at).toArray();
  }

  @Test
  void aKnownLawIsFound() {
    PowerLaw known = new PowerLaw(0.9655, 7, 0.45);

    PowerLaw fitted = PowerLaw.fit(0.9655, X, values(known));

    assertThat(known.at(100)).isEqualTo(0.9655 + 7 * Math.pow(100, -0.45));
    assertThat(fitted.exponent()).isCloseTo(0.45, within(1e-12));
    assertThat(fitted.factor()).isCloseTo(7, within(1e-11));
  }

  @Test
  void theFitMinimizesSquaresOfLogarithms() {
    double[] noisy = values(new PowerLaw(1, 2, 0.3));
    noisy[1] *= 1.1;
    noisy[4] *= 0.95;
    PowerLaw best = PowerLaw.fit(1, X, noisy);

    for (double change : new double[] {-1e-3, 1e-3}) {
      assertThat(squares(best, noisy))
          .isLessThan(squares(new PowerLaw(1, best.factor(), best.exponent() + change), noisy))
          .isLessThan(squares(new PowerLaw(1, best.factor() + change, best.exponent()), noisy));
    }
  }

  private static double squares(PowerLaw law, double[] y) {
    double sum = 0;
    for (int i = 0; i < X.length; i++) {
      double difference = Math.log(law.at(X[i]) - law.floor()) - Math.log(y[i] - law.floor());
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void aValueAtTheFloorHasNoFiniteFit() {
    assertThat(PowerLaw.fit(1, new double[] {1, 2}, new double[] {2, 1}).exponent()).isNotFinite();
    assertThatThrownBy(() -> PowerLaw.fit(1, X, new double[] {2}))
        .hasMessage("5 x and 1 y; as many expected");
  }

  @Test
  void valuesBetweenPointsAreThoseOfTheLawAndNoneAreOutside() {
    PowerLaw known = new PowerLaw(0.5, 3, 0.7);

    assertThat(PowerLaw.between(0.5, X, values(known), 300))
        .isCloseTo(known.at(300), within(1e-12));
    assertThat(PowerLaw.between(0.5, X, values(known), 1600))
        .isCloseTo(known.at(1600), within(1e-12));
    assertThat(PowerLaw.between(0.5, X, values(known), 99)).isNaN();
    assertThat(PowerLaw.between(0.5, X, values(known), 1601)).isNaN();
  }

  @Test
  void pointsBetweenWhichValuesAreNeedNoOrderAndMayBeEqual() {
    PowerLaw known = new PowerLaw(0.5, 3, 0.7);
    double[] x = {400, 100, 200, 200};
    double[] y = {known.at(400), known.at(100), 0.5 + 0.1, 0.5 + 0.4};

    assertThat(PowerLaw.between(0.5, x, y, 200)).isCloseTo(0.5 + 0.2, within(1e-12));
    assertThat(PowerLaw.between(0.5, x, y, 100)).isCloseTo(known.at(100), within(1e-12));
    assertThat(PowerLaw.between(0.5, x, y, Math.sqrt(200 * 400)))
        .isCloseTo(0.5 + Math.sqrt(0.2 * (known.at(400) - 0.5)), within(1e-12));
    assertThat(PowerLaw.between(0.5, x, y, 401)).isNaN();
  }
}
