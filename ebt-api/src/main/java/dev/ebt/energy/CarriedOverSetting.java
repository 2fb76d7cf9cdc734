package dev.ebt.energy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a model setting that has the same meaning in other models, such as a size. If {@code --set
 * model.name=…} selects another model whose settings have it too, its value is carried over.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface CarriedOverSetting {}
