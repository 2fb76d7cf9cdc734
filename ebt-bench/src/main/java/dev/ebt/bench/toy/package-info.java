/**
 * Distributions whose truth is known, as data and as energies: {@link dev.ebt.bench.toy.Toy} names
 * them, {@link dev.ebt.bench.toy.ToyDistribution} says what is known of each.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.toy;
