/**
 * Compute backends: {@link dev.ebt.backend.Backend} compiles a {@link dev.ebt.tensor.Program} into
 * an {@link dev.ebt.backend.Executable}. The reference backend in {@code dev.ebt.backend.reference}
 * specifies in plain Java the results of all others.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.backend;
