/**
 * Comparison with values computed by other implementations: {@link
 * dev.ebt.bench.conformance.ReferenceCase} reads a case, {@link dev.ebt.bench.conformance.TextCase}
 * computes it, {@link dev.ebt.bench.conformance.Agreement} compares.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.conformance;
