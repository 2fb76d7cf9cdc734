package dev.ebt.plugin;

import java.util.function.BiFunction;

/**
 * A named part that a plugin brings: what it is called in configurations, the record that its
 * settings are read into, and how it is made of them.
 *
 * @param <T> the kind of part
 * @param <C> its settings
 */
public interface Factory<T, C extends Record> {
  /** Its name in configurations: lower-case letters, digits and dashes. */
  String name();

  /** What it is and what it is for, in one line. */
  String summary();

  /**
   * The record of its settings. Optional ones are of reference types ({@code Integer}, {@code
   * Double}): they arrive as null when missing, and the record's constructor fills in their
   * defaults.
   */
  Class<C> settings();

  /** Makes the part. */
  T create(C settings, PartContext assembly);

  /** A factory of these pieces. */
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
      public T create(C values, PartContext assembly) {
        return create.apply(values, assembly);
      }
    };
  }
}
