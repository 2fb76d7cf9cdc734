/** What {@code ebt-api} brings as a plugin: {@link dev.ebt.core.CorePlugin}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.core;
