package dev.ebt.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of an enum's constants in configurations: that of the annotation {@link JsonProperty},
 * else that of the constant with small letters and hyphens, such as {@code model-input} of {@code
 * MODEL_INPUT}.
 */
public final class EnumNames {
  private EnumNames() {}

  /** Returns the constants by their names in configurations, in their order. */
  public static Map<String, Field> constants(Class<?> type) {
    Map<String, Field> constants = new LinkedHashMap<>();
    Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .forEach(field -> constants.put(name(field), field));
    return constants;
  }

  private static String name(Field constant) {
    JsonProperty given = constant.getAnnotation(JsonProperty.class);
    return given == null ? name(constant.getName()) : given.value();
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Makes Jackson read and write these names. */
  static final class Introspector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      super.findEnumValues(config, type, constants, names);
      for (int i = 0; i < names.length; i++) {
        if (names[i] == null) {
          names[i] = name(constants[i].name());
        }
      }
      return names;
    }
  }
}
