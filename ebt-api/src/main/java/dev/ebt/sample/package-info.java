/**
 * Samplers of candidates, as optimizers: after enough steps a candidate is a sample of p(y) ∝
 * e^(−E(y)/T). {@link dev.ebt.sample.LangevinDynamics} is the simplest.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.sample;
