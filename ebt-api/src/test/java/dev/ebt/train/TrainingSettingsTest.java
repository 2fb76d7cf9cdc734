package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private static TrainingSettings of(Integer steps, Double rate, Double floor, Double clip) {
    return new TrainingSettings(
        steps, null, null, rate, null, null, null, floor, clip, null, null, null, null, null);
  }

  @Test
  void decaysUntilTheLastStepUnlessToldOtherwise() {
    assertThat(of(50, null, null, null).decaySteps()).isEqualTo(50);
    assertThat(TrainingSettings.defaults().steps()).isEqualTo(600);
    assertThat(TrainingSettings.defaults().decaySteps()).isEqualTo(600);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> of(0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessage("training.steps is 0; at least 1 expected");
    assertThatThrownBy(() -> of(null, -1.0, null, null))
        .hasMessage("training.learningRate is -1.0; a positive number expected");
    assertThatThrownBy(() -> of(null, null, 1.5, null))
        .hasMessage("training.floor is 1.5; a fraction from 0 to 1 expected");
    assertThatThrownBy(() -> of(null, null, null, Double.NaN))
        .hasMessage("training.clip is NaN; a positive number expected");
  }
}
