/** The commands of {@code ebt}, one class each. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.command;
