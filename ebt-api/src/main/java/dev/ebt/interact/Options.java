package dev.ebt.interact;

import dev.ebt.error.UserException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The options of a record whose components are marked with {@link Option}: {@code String}, {@code
 * Integer}, {@code Long}, {@code Double}, {@code Path}, {@link Input}, a {@code Boolean} for a
 * flag, or a {@code List} of one of them.
 *
 * @param <O> the record
 */
public final class Options<O extends Record> {
  private static final Set<Class<?>> TYPES =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Double.class,
          Boolean.class,
          Path.class,
          Input.class);

  private final Class<O> type;
  private final List<Spec> specs;

  /**
   * One option.
   *
   * @param name with its dashes, such as {@code --top-k}
   * @param type the type of the value, or of one of several
   * @param several whether it is a list
   * @param placeholder of the value in help
   * @param description in help, one line each
   */
  public record Spec(
      String name, Class<?> type, boolean several, String placeholder, List<String> description) {}

  private Options(Class<O> type, List<Spec> specs) {
    this.type = type;
    this.specs = specs;
  }

  /**
   * Returns the options of a record.
   *
   * @throws IllegalArgumentException if a component is not marked, or has another type
   */
  public static <O extends Record> Options<O> of(Class<O> type) {
    return new Options<>(
        type, Arrays.stream(type.getRecordComponents()).map(Options::spec).toList());
  }

  private static Spec spec(RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalArgumentException(place(component) + " is not marked with @Option");
    }
    boolean several = component.getType() == List.class;
    Type element =
        several && component.getGenericType() instanceof ParameterizedType list
            ? list.getActualTypeArguments()[0]
            : component.getType();
    if (!(element instanceof Class<?> known) || !TYPES.contains(known)) {
      throw new IllegalArgumentException(
          place(component)
              + " is a "
              + component.getGenericType().getTypeName()
              + "; String, Integer, Long, Double, Boolean, Path, Input or a List of one expected");
    }
    return new Spec(name(component), known, several, option.value(), List.of(option.description()));
  }

  private static String place(RecordComponent component) {
    return component.getDeclaringRecord().getName() + "." + component.getName();
  }

  private static String name(RecordComponent component) {
    return "--" + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Returns the options, in the order of the components. */
  public List<Spec> specs() {
    return specs;
  }

  /** Returns whether all of these names, such as {@code --top-k}, are among the options. */
  public boolean haveAll(Set<String> names) {
    return specs.stream().map(Spec::name).toList().containsAll(names);
  }

  /**
   * Creates the record from values by the names of the options; the others are null.
   *
   * @throws UserException if the record refuses a value
   */
  public O create(Map<String, ?> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Object[] arguments = specs.stream().map(spec -> values.get(spec.name())).toArray();
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " cannot be created", e);
    }
  }
}
