/** The plugin of {@code ebt-api} itself: {@link dev.ebt.core.CorePlugin}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.core;
