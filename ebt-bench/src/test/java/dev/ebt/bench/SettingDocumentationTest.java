package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.interact.Descriptions;
import dev.ebt.plugin.PartDescription;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.plugin.SettingDescription;
import dev.ebt.plugin.SettingDescriptions;
import dev.ebt.plugin.ThinkingSettings;
import dev.ebt.train.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingDocumentationTest {
  @Test
  void everySettingOfOurPartsIsDocumented() {
    List<String> undocumented = new ArrayList<>();
    Descriptions descriptions = Descriptions.of(Plugins.discover(List.of()));
    for (PartDescription part : descriptions.all(descriptions.entries())) {
      undocumented(part.kind() + "." + part.name(), part.settings(), undocumented);
    }
    for (Class<? extends Record> group :
        List.of(RunConfiguration.class, ThinkingSettings.class, TrainingSettings.class)) {
      undocumented(group.getSimpleName(), SettingDescriptions.of(group), undocumented);
    }

    assertThat(undocumented).isEmpty();
  }

  private static void undocumented(
      String part, List<SettingDescription> settings, List<String> undocumented) {
    for (SettingDescription setting : settings) {
      if (setting.documentation().isBlank()) {
        undocumented.add(part + "." + setting.name());
      }
    }
  }
}
