package dev.ebt.interact;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An option of an interaction, on a component of its options record. The component's name gives the
 * option's: {@code topK} is {@code --top-k}. Components have reference types and are null where the
 * option is not given; see {@link Options} for the types.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {
  /** The placeholder for the value in help, such as {@code FILE}; empty for a flag. */
  String value() default "";

  /** The description in help, one line each, with the default in parentheses. */
  String[] description();
}
