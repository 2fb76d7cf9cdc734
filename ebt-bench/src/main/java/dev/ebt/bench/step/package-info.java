/** Benchmarks of one training step. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.step;
