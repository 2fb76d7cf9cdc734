package dev.ebt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import org.junit.jupiter.api.Test;

class CorePluginTest {
  private final Catalog catalog = Catalog.of(new CorePlugin());

  @Test
  void bringsWhatNeedsNothingElse() {
    assertThat(catalog.names(PartKind.OPTIMIZER)).contains("adamw", "gradient-descent");
    assertThat(catalog.names(PartKind.BACKEND)).containsExactly("reference");
  }

  @Test
  void adamHasThePublishedDefaults() {
    assertThat(new AdamWSettings(null, null, null, null))
        .isEqualTo(new AdamWSettings(0.9, 0.999, 1e-8, 0.01));
  }

  @Test
  void adamRefusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> new AdamWSettings(1.0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessage("beta1 is 1.0; 0 or more and below 1 expected");
    assertThatThrownBy(() -> new AdamWSettings(null, -0.1, null, null))
        .hasMessage("beta2 is -0.1; 0 or more and below 1 expected");
    assertThatThrownBy(() -> new AdamWSettings(null, null, 0.0, null))
        .hasMessage("epsilon is 0.0; a positive number expected");
    assertThatThrownBy(() -> new AdamWSettings(null, null, null, -1.0))
        .hasMessage("weightDecay is -1.0; 0 or more expected");
  }
}
