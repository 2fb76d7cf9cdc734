package dev.ebt.plugin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiVersionsTest {
  private final SpiVersions versions = new SpiVersions(2, 4);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void compatibleVersionsAreLoaded(int version) {
    assertThatCode(() -> versions.check(version, "plugin 'p'", "ebt-api.jar"))
        .doesNotThrowAnyException();
  }

  @Test
  void newerVersionIsRefusedWithBothVersions() {
    assertThatThrownBy(() -> versions.check(5, "plugin 'p'", "ebt-api.jar"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "plugin 'p' was built for version 5 of the plugin interface; this ebt supports"
                + " versions 2 to 4 (ebt-api.jar): use a newer ebt, or a build of the plugin for"
                + " this version");
  }

  @Test
  void incompatibleOlderVersionIsRefusedWithBothVersions() {
    assertThatThrownBy(() -> versions.check(1, "plugin 'p'", "ebt-api.jar"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("built for version 1 ")
        .hasMessageEndingWith(
            "supports versions 2 to 4 (ebt-api.jar): get a build of the plugin for this version");
  }
}
