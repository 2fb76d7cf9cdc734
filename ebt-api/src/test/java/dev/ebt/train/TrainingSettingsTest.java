package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private static TrainingSettings of(Integer steps, Double rate) {
    return new TrainingSettings(steps, null, null, rate, null, null, null, null, null);
  }

  @Test
  void hasDefaults() {
    assertThat(TrainingSettings.defaults().steps()).isEqualTo(600);
    assertThat(of(50, null).steps()).isEqualTo(50);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> of(0, null))
        .isInstanceOf(UserException.class)
        .hasMessage("training.steps is 0; at least 1 expected");
    assertThatThrownBy(() -> of(null, -1.0))
        .hasMessage("training.learningRate is -1.0; a positive number expected");
  }

  @Test
  void eventsAreAfterAnAverageOfTheProcesses() {
    for (String name : new String[] {"steps", "validateEvery", "checkpointEvery"}) {
      assertThatThrownBy(
              () ->
                  new TrainingSettings(
                      name.equals("steps") ? 7 : 8,
                      null,
                      null,
                      4,
                      null,
                      name.equals("validateEvery") ? 7 : 8,
                      null,
                      name.equals("checkpointEvery") ? 7 : 8,
                      null,
                      null,
                      null,
                      null,
                      null,
                      null))
          .isInstanceOf(UserException.class)
          .hasMessage("training." + name + " is 7; a multiple of training.localSteps (4) expected");
    }
  }
}
