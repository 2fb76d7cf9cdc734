/**
 * What runs programs: {@link dev.ebt.backend.Backend} compiles a {@link dev.ebt.tensor.Program}
 * into an {@link dev.ebt.backend.Executable}. The reference backend in {@code
 * dev.ebt.backend.reference} says in plain Java what every other one must compute.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.backend;
