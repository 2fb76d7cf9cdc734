/** Synthetic data of a given size. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.synthetic;
