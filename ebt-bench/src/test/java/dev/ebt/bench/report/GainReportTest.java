package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.run.BudgetResult;
import dev.ebt.run.MetricValue;
import dev.ebt.run.ThinkingGain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GainReportTest {
  /** Pairs of steps and loss; the energy always falls. */
  private static GainReport of(double... stepsAndLosses) {
    List<BudgetResult> results = new ArrayList<>();
    for (int i = 0; i < stepsAndLosses.length; i += 2) {
      results.add(result((int) stepsAndLosses[i], 1, stepsAndLosses[i + 1]));
    }
    return new GainReport(ThinkingGain.of(results).orElseThrow());
  }

  private static BudgetResult result(int steps, int candidates, double loss) {
    return new BudgetResult(
        steps,
        candidates,
        steps,
        0,
        List.of(new MetricValue("loss", loss, ""), new MetricValue("energy", -steps, "")));
  }

  @Test
  void lossThatFallsToTheEndIsAGainAndHurtsNothing() {
    GainReport gain = of(0, 6.0372, 1, 1.1279, 2, 1.0489, 3, 1.0374);
    assertThat(gain.sentence())
        .isEqualTo(
            "Thinking lowered the loss from 6.0372 before any step to 1.1279 after 1 step and to"
                + " 1.0374 after 3 steps, the best");
    assertThat(gain.document())
        .containsEntry("bestSteps", 3)
        .containsEntry("bestLoss", 1.0374)
        .containsEntry("hurts", false)
        .containsEntry("verdict", "helped")
        .containsEntry("enoughSteps", 3)
        .containsEntry("harmlessSteps", 3)
        .containsEntry("summary", gain.sentence());
  }

  @Test
  void stepsThatRaiseTheLossAreSaidToHurtThoughTheEnergyFalls() {
    assertThat(of(1, 2.4, 4, 2.054, 8, 2.061).sentence())
        .isEqualTo(
            "Thinking lowered the loss from 2.4000 after 1 step to 2.0540 after 4 steps, and hurt"
                + " beyond 4 steps: 2.0610 after 8 steps, though the energy fell");
    assertThat(of(0, 9, 1, 2.4, 4, 2.054, 6, 2.0541, 8, 2.061).sentence())
        .isEqualTo(
            "Thinking lowered the loss from 9.0000 before any step to 2.4000 after 1 step and to"
                + " 2.0540 after 4 steps, and hurt beyond 6 steps: 2.0610 after 8 steps, though the"
                + " energy fell");
    assertThat(of(4, 2.054, 8, 2.061))
        .returns(true, report -> report.gain().hurts())
        .returns(
            "Thinking hurt: the loss rose from 2.0540 after 4 steps to 2.0610 after 8 steps, though"
                + " the energy fell",
            GainReport::sentence);
  }

  @Test
  void differencesThatNobodyWouldNoticeAreNone() {
    assertThat(of(2, 1.0, 4, 0.5, 8, 0.5001).sentence())
        .endsWith("to 0.5000 after 4 steps, and did nothing beyond");
    assertThat(of(0, 9, 1, 1.0, 2, 0.9999, 3, 0.9998).sentence())
        .as("what only the first step did")
        .isEqualTo(
            "Thinking lowered the loss from 9.0000 before any step to 1.0000 after 1 step, and did"
                + " nothing beyond");
    assertThat(of(1, 1.0, 2, 0.9999, 4, 1.5).sentence())
        .isEqualTo(
            "Thinking hurt: the loss rose from 0.9999 after 2 steps to 1.5000 after 4 steps, though"
                + " the energy fell");
    assertThat(of(2, 1.0, 4, 1.0002))
        .returns(false, report -> report.gain().hurts())
        .returns(
            "Thinking did nothing: the loss is 1.0000 after 2 steps and 1.0002 after 4 steps",
            GainReport::sentence);
  }

  @Test
  void riseThatFurtherStepsUndoIsSaidButHurtsNothing() {
    assertThat(of(1, 1.0, 2, 1.5, 3, 1.0))
        .returns(
            "Thinking did nothing: the loss is 1.0000 after 1 step and 1.0000 after 3 steps, though"
                + " it was 1.5000 after 2 steps",
            GainReport::sentence)
        .returns(false, report -> report.document().get("hurts"))
        .returns(3, report -> report.document().get("harmlessSteps"));
    assertThat(of(0, 9, 1, 1.0, 2, 1.5, 3, 1.0).sentence())
        .endsWith("and did nothing beyond, though it was 1.5000 after 2 steps");
    assertThat(of(1, 1.0, 2, 1.5, 3, 1.0, 4, 2.0))
        .returns(true, report -> report.gain().hurts())
        .returns(3, report -> report.document().get("harmlessSteps"));
  }

  @Test
  void lossThatIsNoNumberHurts() {
    assertThat(of(1, 1.0, 2, Double.NaN).gain().hurts()).isTrue();
  }

  @Test
  void oneNumberOfStepsSaysNothingOfFurtherOnes() {
    assertThat(ThinkingGain.of(List.of(result(2, 1, 1), result(2, 5, 0.9)))).isEmpty();
    assertThat(ThinkingGain.of(List.of())).isEmpty();
  }
}
