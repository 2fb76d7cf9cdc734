package dev.ebt.error;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The earlier name of a setting (a component of a settings record) or of one of its values (an enum
 * constant). Configurations with the earlier name are refused with the new name in the message.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface FormerName {

  /** Returns the earlier name, as written in configurations. */
  String value();
}
