package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ebt.config.RecordReader;
import dev.ebt.error.SettingException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings records refuse values with an exception that names their component. */
class SettingsRefusalTest {
  /** Values for each type of component, those first that most records accept. */
  private static final Map<Class<?>, List<?>> VALUES =
      Map.of(
          Integer.class, List.of(4, 1, 2, 0, -1, Integer.MAX_VALUE),
          Long.class, List.of(1L, 0L, -1L, Long.MAX_VALUE),
          Double.class, List.of(0.5, 1.0, 0.0, -1.0, 1e300),
          Boolean.class, List.of(true, false),
          String.class, List.of("some", "", " "));

  private static final Map<Class<?>, Class<?>> BOXED =
      Map.of(
          int.class, Integer.class,
          long.class, Long.class,
          double.class, Double.class,
          boolean.class, Boolean.class);

  static Stream<Class<? extends Record>> settings() {
    Catalog catalog = Plugins.discover(List.of());
    Set<Class<? extends Record>> types = new LinkedHashSet<>();
    for (PartKind kind : PartKind.values()) {
      catalog.names(kind).forEach(name -> types.add(catalog.get(kind, name).settings()));
    }
    for (RecordComponent component : RunConfiguration.class.getRecordComponents()) {
      if (component.getType().isRecord() && component.getType() != PartSettings.class) {
        types.add(component.getType().asSubclass(Record.class));
      }
    }
    return types.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void refusalsNameAComponent(Class<? extends Record> type) throws Exception {
    tried(type);
  }

  @Test
  void mostSettingsAreRefusedSomeValue() throws Exception {
    int refused = 0;
    for (Class<? extends Record> type : settings().toList()) {
      refused += tried(type);
    }
    assertThat(refused).isGreaterThan(100);
  }

  /** Creates records that differ in one value each and returns how many were refused. */
  private static int tried(Class<? extends Record> type) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Object[] base = new Object[components.length];
    for (int i = 0; i < base.length; i++) {
      boolean required = components[i].getType().isPrimitive();
      base[i] = required ? values(components[i]).get(0) : null;
    }
    int refused = 0;
    for (int i = 0; i < base.length; i++) {
      // A value that is accepted stays, so that a missing one does not hide the checks of others.
      Optional<SettingException> before = refusal(type, base);
      for (Object value : values(components[i])) {
        Object[] arguments = base.clone();
        arguments[i] = value;
        Optional<SettingException> mistake = refusal(type, arguments);
        refused += mistake.isPresent() ? 1 : 0;
        if (mistake.isEmpty() && before.isPresent()) {
          base = arguments;
          break;
        }
      }
    }
    return refused;
  }

  private static List<?> values(RecordComponent component) {
    Class<?> type = BOXED.getOrDefault(component.getType(), component.getType());
    return type.isEnum()
        ? Arrays.asList(type.getEnumConstants())
        : VALUES.getOrDefault(type, List.of());
  }

  private static Optional<SettingException> refusal(
      Class<? extends Record> type, @Nullable Object[] values) throws Exception {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    try {
      constructor.newInstance(values);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof SettingException mistake)) {
        return fail(type.getSimpleName() + Arrays.toString(values), e.getCause());
      }
      // A record of which there is just one in a configuration may give its whole path.
      assertThat(List.of(mistake.setting().split("\\.")))
          .as(type.getSimpleName())
          .containsAnyElementsOf(RecordReader.components(type).keySet());
      return Optional.of(mistake);
    }
  }
}
