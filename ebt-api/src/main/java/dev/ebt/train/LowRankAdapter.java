package dev.ebt.train;

import static dev.ebt.tensor.Functions.matMul;

import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;

/**
 * The low-rank adapter of a weight (LoRA, arXiv 2106.09685):
 *
 * <pre>
 * W = W₀ + (alpha / r) B A
 * </pre>
 *
 * <p>W₀ [out, in] is the weight that the training began with, and only A [r, in] and B [out, r] are
 * trained. The model computes with W, which the updating program keeps on the device: thinking uses
 * a weight many times between two updates, and needs to know nothing of adapters. By the chain
 * rule, with G = ∂loss/∂W, the gradients are (alpha / r) Bᵀ G for A and (alpha / r) G Aᵀ for B.
 *
 * @param spec of W
 */
record LowRankAdapter(ParameterSpec spec, int rank, double alpha) {
  /** The beginnings of the names of A and B, in checkpoints too: see AdaptedWeights. */
  static final String DOWN = "adapter.down.";

  static final String UP = "adapter.up.";

  private double scale() {
    return alpha / rank;
  }

  /** Returns A, which begins with normal numbers of variance 1 / in. */
  ParameterSpec down() {
    int in = spec.shape().size(1);
    return new ParameterSpec(
        DOWN + spec.name(),
        Shape.of(rank, in),
        Initializer.normal(1 / Math.sqrt(in)),
        spec.traits());
  }

  /** Returns B, which begins with 0, so that W begins with W₀. */
  ParameterSpec up() {
    return new ParameterSpec(
        UP + spec.name(),
        Shape.of(spec.shape().size(0), rank),
        Initializer.constant(0),
        spec.traits());
  }

  /** Returns the variable of W₀. */
  Variable base() {
    return Variable.real("adapter.base." + spec.name(), spec.shape());
  }

  /** Returns W for values of A and B. */
  Tensor merged(Tensor down, Tensor up) {
    return base().read().plus(matMul(up, false, down, false).times(scale()));
  }

  /** Returns the gradients for A and B, in this order. */
  List<Tensor> gradients(Tensor ofWeight) {
    Tensor scaled = ofWeight.times(scale());
    return List.of(
        matMul(up().variable().read(), true, scaled, false),
        matMul(scaled, false, down().variable().read(), true));
  }
}
