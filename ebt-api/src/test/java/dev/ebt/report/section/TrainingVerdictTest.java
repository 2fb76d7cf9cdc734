package dev.ebt.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.report.Verdict;
import dev.ebt.report.Verdict.Tone;
import dev.ebt.store.MetricsHistory;
import dev.ebt.store.RunHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrainingVerdictTest {
  private static final int STEPS = 100;

  private static Verdict verdict(IntToDoubleFunction loss, IntToDoubleFunction validation) {
    return verdict(loss, validation, true);
  }

  private static Verdict verdict(
      IntToDoubleFunction loss, IntToDoubleFunction validation, boolean judgedByLoss) {
    List<MetricsHistory.Row> rows = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      rows.add(
          new MetricsHistory.Row(
              step,
              Map.of(
                  "loss", loss.applyAsDouble(step),
                  "validation.loss", validation.applyAsDouble(step)),
              Map.of()));
    }
    return TrainingVerdict.of(new MetricsHistory(rows, 0), judgedByLoss);
  }

  @Test
  void aLossThatFallsByOrdersOfMagnitudeIsStable() {
    Verdict verdict = verdict(step -> 10_000 * Math.exp(-step / 10.0), step -> 1.0 / step);

    assertThat(verdict.tone()).isEqualTo(Tone.GOOD);
    assertThat(verdict.sentence()).startsWith("Yes: the training loss went from 9048 to ");
  }

  @Test
  void aSpikeIsCountedOnceHoweverLongItIs() {
    Verdict verdict =
        verdict(step -> step >= 50 && step < 53 ? 9 : 4 - step / 50.0, step -> 1.0 / step);

    assertThat(verdict.tone()).isEqualTo(Tone.NEUTRAL);
    assertThat(verdict.sentence()).contains("but once it was more than twice");
  }

  @Test
  void aValidationLossThatRisesAgainIsOverfitting() {
    Verdict verdict = verdict(step -> 4 - step / 50.0, step -> 2 + Math.abs(step - 60) / 50.0);

    assertThat(verdict.sentence()).contains("rose again from 2 to 2.8, which means overfitting");
  }

  @Test
  void aDistanceFromOneOfManyAnswersMayRise() {
    Verdict verdict = verdict(step -> 4 - step / 50.0, step -> step, false);

    assertThat(verdict.tone()).isEqualTo(Tone.GOOD);
  }

  @Test
  void aValidationLossThatIsNoNumberIsDivergence() {
    assertThat(verdict(step -> 4 - step / 50.0, step -> step < 60 ? 1 : Double.NaN).sentence())
        .startsWith("Training diverged: the validation loss is not a number from update 60 on.");
  }

  @Test
  void aTrainingThatFailedIsSaidWithItsReason() {
    Verdict verdict = TrainingVerdict.failed(new RunHistory.End(600, "failed", "loss is NaN"));

    assertThat(verdict)
        .isEqualTo(Verdict.bad("Training failed; 600 updates are saved. The reason: loss is NaN"));
  }

  @Test
  void aLossThatDoesNotFallOrIsNoNumberIsBad() {
    assertThat(verdict(step -> step, step -> step).sentence())
        .startsWith("Training did not work: the training loss went from 1 to ");
    assertThat(verdict(step -> step == 7 ? Double.NaN : 1, step -> 1))
        .isEqualTo(
            Verdict.bad(
                "Training diverged: the loss is not a number from update 7 on. A lower learning rate"
                    + " or step size usually helps."));
  }
}
