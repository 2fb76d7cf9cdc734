/**
 * Holds this implementation to numbers that others computed: {@link
 * dev.ebt.bench.conformance.ReferenceCase} is a case on disk, {@link
 * dev.ebt.bench.conformance.TextCase} computes it anew, {@link dev.ebt.bench.conformance.Agreement}
 * compares.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.conformance;
