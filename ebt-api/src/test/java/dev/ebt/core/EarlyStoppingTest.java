package dev.ebt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.testing.MonitorContract;
import dev.ebt.train.CompositeMonitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest extends MonitorContract {
  @Override
  protected Monitor monitor() {
    return new EarlyStopping(new EarlyStoppingSettings(null, null));
  }

  private CompositeMonitor after(EarlyStopping monitor, double... losses) {
    CompositeMonitor set =
        new CompositeMonitor(List.of(monitor), folder, 0, 100, new TrainingListener() {});
    for (int i = 0; i < losses.length; i++) {
      Map<String, Double> means = Map.of("loss", losses[i]);
      set.validated(10 * (i + 1), List.of(new EvaluationResult(2, 1, 2, 0.1, means, Map.of(), 8)));
    }
    return set;
  }

  @Test
  void waitsForAsManyValidationsAsItIsPatient() {
    EarlyStoppingSettings two = new EarlyStoppingSettings(2, 0.0);

    assertThat(after(new EarlyStopping(two), 3, 2, 2.5, 1.9, 2, 1.8).stopReason()).isEmpty();
    assertThat(after(new EarlyStopping(two), 3, 2, 2.5, 2).stopReason())
        .hasValue("the validation loss has not improved since step 20, where it was 2.0000");
  }

  @Test
  void smallDecreasesAreNoImprovement() {
    EarlyStoppingSettings settings = new EarlyStoppingSettings(2, 0.1);

    assertThat(after(new EarlyStopping(settings), 3, 2.95, 2.92).stopReason()).isPresent();
    assertThat(after(new EarlyStopping(settings), 3, 2.95, 2.85, 2.8).stopReason()).isEmpty();
  }

  @Test
  void hasAllPatienceAfterARollBack() {
    EarlyStopping monitor = new EarlyStopping(new EarlyStoppingSettings(2, 0.0));
    after(monitor, 3, 4);
    monitor.rolledBack(10);
    assertThat(after(monitor, 4).stopReason()).isEmpty();
    assertThat(after(monitor, 4).stopReason()).isPresent();
  }

  @Test
  void refusesNoPatience() {
    assertThatThrownBy(() -> new EarlyStoppingSettings(0, null))
        .isInstanceOf(UserException.class)
        .hasMessage("patience is 0; at least 1 expected");
  }
}
