package dev.ebt.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReverseStepTest {
  /** Noise up to a time and then a move back is as noise up to the next time: mean and variance. */
  @ParameterizedTest
  @CsvSource({"1, 0", "99, 98", "99, 49", "999, 0", "500, 3"})
  void moveBackLeadsToTheNextTime(int time, int next) {
    ReverseStep move = new ReverseStep(time, next);
    double signal = NoiseSchedule.signal(time);
    double nextSignal = NoiseSchedule.signal(next);
    assertThat(move.ofClean() + move.ofNoisy() * Math.sqrt(signal))
        .isCloseTo(Math.sqrt(nextSignal), within(1e-12));
    double drawn = Math.exp(move.leastLogVariance());
    assertThat(Math.pow(move.ofNoisy(), 2) * (1 - signal) + drawn)
        .isCloseTo(1 - nextSignal, within(1e-12));
    assertThat(move.greatestLogVariance()).isGreaterThan(move.leastLogVariance());
  }

  @ParameterizedTest
  @CsvSource({"0", "99"})
  void lastMoveLeadsToTheCleanCandidate(int time) {
    ReverseStep move = new ReverseStep(time, -1);
    assertThat(move.ofClean()).isCloseTo(1, within(1e-12));
    assertThat(move.ofNoisy()).isZero();
    assertThat(move.leastLogVariance()).isEqualTo(new ReverseStep(1, 0).leastLogVariance());
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "3, 4", "3, -2", "1000, 4"})
  void otherMovesAreNone(int time, int next) {
    assertThatThrownBy(() -> new ReverseStep(time, next))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no move back from time " + time + " to " + next);
  }
}
