/**
 * Input from a person at a terminal. Entry points: {@link dev.ebt.bench.prompt.Prompts}, {@link
 * dev.ebt.bench.prompt.LineEditor}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.prompt;
