/** The model that ships with {@code ebt}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.shipped;
