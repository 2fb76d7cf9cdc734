package dev.ebt.plugin;

import java.util.function.BiFunction;

/**
 * A factory of a named part of a plugin: its name in configurations, the record that its settings
 * are read into, and the method that creates it from them.
 *
 * @param <T> the kind of part
 * @param <C> the settings record
 */
public interface Factory<T, C extends Record> {
  /** Returns the name in configurations: lower-case letters, digits and dashes. */
  String name();

  /** Returns a one-line description of the part and its purpose. */
  String summary();

  /**
   * Returns the class of the settings record. Optional settings have reference types ({@code
   * Integer}, {@code Double}): they are null when missing, and the record's constructor fills in
   * their defaults.
   */
  Class<C> settings();

  /** Creates the part. */
  T create(C settings, PartContext context);

  /** Returns a factory with this name, summary, settings record and creator. */
  static <T, C extends Record> Factory<T, C> of(
      String name, String summary, Class<C> settings, BiFunction<C, PartContext, T> create) {
    return new Factory<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String summary() {
        return summary;
      }

      @Override
      public Class<C> settings() {
        return settings;
      }

      @Override
      public T create(C values, PartContext context) {
        return create.apply(values, context);
      }
    };
  }
}
