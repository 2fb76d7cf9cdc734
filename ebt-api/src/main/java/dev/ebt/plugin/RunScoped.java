package dev.ebt.plugin;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks what is created once per run and, if it can be closed, closed with the run. */
@Documented
@Scope
@Retention(RUNTIME)
@Target({METHOD, TYPE})
@interface RunScoped {}
