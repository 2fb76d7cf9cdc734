/**
 * Symbolic tensors with static shapes. Read in this order: {@link dev.ebt.tensor.Tensor}, {@link
 * dev.ebt.tensor.Functions}, {@link dev.ebt.tensor.Op} (the primitives and their derivatives),
 * {@link dev.ebt.tensor.Gradients}, {@link dev.ebt.tensor.Program}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.tensor;
