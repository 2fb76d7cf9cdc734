package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.interact.VariedSetting;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of varied settings: each value is that of settings that runs of the modality
 * have, and changes them. The test of a varied setting extends this class and inherits all tests.
 */
public abstract class VariedSettingContract {
  /** Returns the setting. */
  protected abstract VariedSetting setting();

  /** Returns a catalog of the parts of {@link #recipe}. */
  protected abstract Catalog catalog();

  /** Returns the name of a recipe whose runs have the setting. */
  protected abstract String recipe();

  /** Returns two possible values, other than that of the recipe. */
  protected abstract double[] values();

  private RunConfiguration with(double value) {
    Overrides overrides = Overrides.none();
    for (Map.Entry<String, Double> set : setting().settings().apply(value).entrySet()) {
      overrides =
          overrides.and(
              Assignment.of(
                  set.getKey(), set.getValue(), Origin.option(setting().option() + " " + value)));
    }
    return Configurations.load(catalog(), recipe(), null, overrides);
  }

  @Test
  final void itsOptionIsNamedAndDescribed() {
    assertThat(setting().option()).matches("--[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(setting().placeholder()).isNotBlank();
    assertThat(setting().description()).isNotBlank().doesNotContain("\n");
    assertThat(setting().subject()).isNotBlank();
  }

  @Test
  final void itIsForAModality() {
    RunConfiguration run = Configurations.load(catalog(), recipe(), null, Overrides.none());

    assertThat(run.modality().name()).isEqualTo(setting().modality());
  }

  @Test
  final void valuesChangeTheConfiguration() {
    RunConfiguration run = Configurations.load(catalog(), recipe(), null, Overrides.none());

    assertThat(values()).hasSize(2);
    assertThat(with(values()[0])).isNotEqualTo(run).isNotEqualTo(with(values()[1]));
    assertThat(with(values()[1])).isNotEqualTo(run).isEqualTo(with(values()[1]));
  }
}
