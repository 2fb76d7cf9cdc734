package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.plugin.BundledScores;
import dev.ebt.run.BudgetResult;
import dev.ebt.run.MetricValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo fails loudly when scores are not what they should be or thinking moves nothing. */
class DemoCommandTest {
  private static final List<BundledScores.Score> EXPECTED =
      List.of(new BundledScores.Score(0, 6.0, 0.5), new BundledScores.Score(1, 1.2, -0.5));

  private static BudgetResult result(int steps, double loss, double energy) {
    return new BudgetResult(
        steps,
        1,
        steps,
        0.1,
        List.of(new MetricValue("loss", loss, "nats"), new MetricValue("energy", energy, "")));
  }

  private static List<String> wrong(double loss, double energy) {
    return DemoCommand.wrong(EXPECTED, List.of(result(0, 6, 0.5), result(1, loss, energy)));
  }

  @Test
  void scoresAsTheyShouldBeAreFine() {
    assertThat(wrong(1.2, -0.5)).isEmpty();
    assertThat(wrong(1.2001, -0.4)).isEmpty();
  }

  @Test
  void otherScoresAreNamed() {
    assertThat(wrong(1.5, -0.5))
        .singleElement()
        .asString()
        .startsWith("the loss after 1 step is 1.5000; 1.2000 ± ");
    assertThat(wrong(Double.NaN, -0.5)).singleElement().asString().contains("is NaN");
  }

  @Test
  void scoresAreExpectedOfTheModelAsItIsOnAnyBackend() {
    assertThat(DemoCommand.comparable(Overrides.none())).isTrue();
    assertThat(DemoCommand.comparable(Overrides.of("backend.name=reference"))).isTrue();
    assertThat(DemoCommand.comparable(Overrides.of("thinking.stop=patience"))).isFalse();
    assertThat(DemoCommand.comparable(Overrides.of("backend.name=reference", "seed=3"))).isFalse();
  }

  @Test
  void thinkingThatMovesNothingIsNamed() {
    assertThat(wrong(1.2, 0.5))
        .containsExactly("thinking did not lower the energy from 0 to 1 steps: 0.50000, 0.50000");
    assertThat(wrong(1.2, Double.NaN)).hasSize(1);
  }
}
