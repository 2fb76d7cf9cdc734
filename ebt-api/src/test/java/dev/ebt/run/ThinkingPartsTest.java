package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.select.SoftminSampling;
import dev.ebt.stop.AnyRule;
import dev.ebt.stop.EnergySettled;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.stop.NoImprovement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stopping rules and selections that a configuration names. */
class ThinkingPartsTest {
  private final Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin());

  private RunConfiguration load(String... overrides) {
    return Configurations.parse(
        catalog, "test", PointPlugin.CONFIGURATION, Overrides.of(overrides));
  }

  private RunParts parts(Components components) {
    return components.get(RunParts.class);
  }

  @Test
  void theyAreCreatedFromTheirSettings() {
    RunConfiguration configuration =
        load(
            "thinking.stop={name: any, stops: [energy-settled, {name: budget, evaluations: 5}]}",
            "thinking.select={name: softmin, temperature: 2}");
    try (Components components = Components.of(catalog, configuration)) {
      assertThat(parts(components).thinking().stop())
          .isEqualTo(new AnyRule(List.of(new EnergySettled(0.01), new EvaluationBudget(5))));
      assertThat(parts(components).thinking().select()).isEqualTo(new SoftminSampling(2.0, 0L));
    }
    String written = Configurations.write(configuration);
    assertThat(written).contains("name: energy-settled", "tolerance: 0.01", "temperature: 2");
    assertThat(Configurations.parse(catalog, "again", written, Overrides.of(new String[0])))
        .isEqualTo(configuration);
  }

  @Test
  void settingsByHandAreRefusedWhereNothingUsesThem() {
    try (Components components = components("thinking.select=softmin")) {
      assertThatThrownBy(() -> ConfigurationRules.checkNoSelection(parts(components)))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith("and there is only 1; remove it");
      assertThatThrownBy(() -> ConfigurationRules.checkNoThinking(parts(components)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no thinking step is taken here");
    }
    try (Components components = components("thinking.landscapes=1")) {
      ConfigurationRules.checkNoSelection(parts(components));
      ConfigurationRules.checkNoThinking(parts(components));
    }
  }

  private Components components(String override) {
    return Components.of(
        catalog,
        Configurations.read(catalog, "test", PointPlugin.CONFIGURATION, Overrides.of(override)));
  }

  @Test
  void patienceHasDefaults() {
    try (Components components = Components.of(catalog, load("thinking.stop=patience"))) {
      assertThat(parts(components).thinking().stop()).isEqualTo(new NoImprovement(2, 0.01));
    }
    assertThatThrownBy(() -> load("thinking.stop={name: patience, steps: 0}"))
        .hasMessageContaining("thinking.stop.steps is 0; at least 1 expected");
  }

  @Test
  void configurationsThatNameNoneStayAsTheyWere() {
    String written = Configurations.write(load());
    assertThat(written).doesNotContain("stop:", "select:");
  }

  @Test
  void unknownNamesAndInvalidSettingsAreRefusedByPlace() {
    assertThatThrownBy(() -> load("thinking.stop=energy-setled"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("energy-settled");
    assertThatThrownBy(() -> load("thinking.stop={name: energy-settled, tolerance: -1}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("thinking.stop.tolerance is -1.0; a positive number expected");
    assertThatThrownBy(() -> load("thinking.stop={name: any}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("stops are none");
  }

  @Test
  void distributionsAreNotComparedOfCandidatesThatStandForNone() {
    try (Components components = Components.of(catalog, load("thinking.stop=prediction-settled"))) {
      RunParts parts = parts(components);
      assertThatThrownBy(() -> parts.family().checkTraining(parts.setup()))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("thinking.stop compares distributions");
      assertThatThrownBy(() -> parts.family().checkPrediction(parts.setup()))
          .isInstanceOf(UserException.class);
    }
  }
}
