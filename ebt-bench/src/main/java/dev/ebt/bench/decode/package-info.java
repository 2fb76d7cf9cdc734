/** Benchmarks of text generation. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.decode;
