package dev.ebt.config;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.ebt.error.ReasonText;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conversion between trees and records, by Jackson with every leniency disabled. */
public final class Binding {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new EnumNames.Introspector())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Binding() {}

  /** An exception for values that the record or Jackson rejects. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** The refused setting, by its path in the record, if it is known. */
    private final transient @Nullable SettingException setting;

    Refused(String message, Throwable cause) {
      super(message, cause);
      this.setting = null;
    }

    Refused(SettingException setting) {
      super(setting.getMessage(), setting);
      this.setting = setting;
    }

    Optional<SettingException> setting() {
      return Optional.ofNullable(setting);
    }
  }

  /** Returns the path of a setting of a record that is itself found at a path. */
  private static String within(List<JsonMappingException.Reference> record, String setting) {
    String path =
        record.stream()
            .map(at -> at.getFieldName() == null ? "" + at.getIndex() : at.getFieldName())
            .collect(Collectors.joining("."));
    return RecordReader.pathOf(path, setting);
  }

  /** Returns the record with these values. */
  static <C> C bind(Class<C> type, JsonNode node) throws Refused {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof SettingException mistake) {
        throw new Refused(mistake.at(within(e.getPath(), mistake.setting())));
      }
      if (e.getCause() instanceof UserException mistake) {
        throw new Refused(String.valueOf(mistake.getMessage()), e);
      }
      throw new Refused(ReasonText.of(e.getCause() == null ? e : e.getCause()), e);
    } catch (JsonProcessingException e) {
      throw new Refused(ReasonText.of(e), e);
    }
  }

  /**
   * Returns the record of a tree that {@link #tree} returned, possibly with other values.
   *
   * @throws UserException if the record rejects its values
   */
  public static <C extends Record> C record(Class<C> type, ObjectNode tree) {
    try {
      return bind(type, tree);
    } catch (Refused e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the tree of a record: all components that are not null, in their order. */
  public static ObjectNode tree(Record values) {
    return MAPPER.valueToTree(values);
  }

  /**
   * Returns whether the type has its own {@link JsonCreator}, like the choice of a part by name and
   * settings.
   */
  static boolean selfRead(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(m -> m.isAnnotationPresent(JsonCreator.class));
  }
}
