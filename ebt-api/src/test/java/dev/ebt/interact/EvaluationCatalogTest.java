package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationCatalogTest {
  private record Fake(
      String name, List<TaskReader> tasks, List<VariedSetting> variedSettings, List<Probe> probes)
      implements InteractivePlugin {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }
  }

  private static TaskReader task() {
    TaskReader task = mock(TaskReader.class);
    when(task.name()).thenReturn("quiz");
    when(task.summary()).thenReturn("questions");
    return task;
  }

  private static VariedSetting setting() {
    VariedSetting setting = mock(VariedSetting.class);
    when(setting.name()).thenReturn("--noise");
    when(setting.description()).thenReturn("Noise.");
    return setting;
  }

  private static Probe probe() {
    Probe probe = mock(Probe.class);
    when(probe.name()).thenReturn("classes");
    when(probe.summary()).thenReturn("classes are found");
    return probe;
  }

  private static void assertClash(Fake first, Fake second, String clash) {
    String origin = origin();
    assertThatThrownBy(() -> EvaluationCatalog.of(Catalog.of(first, second)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            clash
                + ": one of plugin 'first' ("
                + origin
                + "), one of plugin 'second' ("
                + origin
                + "); leave one of the plugins away");
  }

  /** Returns the origin that a listing has for the plugins of this class. */
  private static String origin() {
    Fake plugin = new Fake("alone", List.of(task()), List.of(), List.of());
    return EvaluationCatalog.of(Catalog.of(plugin)).entries().get(0).origin();
  }

  @Test
  void bothPluginsOfAClashAreNamed() {
    assertClash(
        new Fake("first", List.of(task()), List.of(), List.of()),
        new Fake("second", List.of(task()), List.of(), List.of()),
        "two tasks are called 'quiz'");
    assertClash(
        new Fake("first", List.of(), List.of(setting()), List.of()),
        new Fake("second", List.of(), List.of(setting()), List.of()),
        "two varied settings are called '--noise'");
    assertClash(
        new Fake("first", List.of(), List.of(), List.of(probe())),
        new Fake("second", List.of(), List.of(), List.of(probe())),
        "two probes are called 'classes'");
  }
}
