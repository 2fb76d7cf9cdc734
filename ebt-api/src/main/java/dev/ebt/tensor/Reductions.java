package dev.ebt.tensor;

import java.util.List;

/** Operations over all elements along one or more axes. */
public sealed interface Reductions extends Op {
  /** The sum or the maximum over some axes, which are kept with size 1. */
  record Reduce(Reduction reduction, List<Integer> axes) implements Reductions {
    /** Sorts the axes (counted from the front) and removes repetitions. */
    public Reduce {
      axes = axes.stream().sorted().distinct().toList();
    }

    @Override
    public String name() {
      return OpNames.of(reduction);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Shape shape = inputs.get(0).shape();
      for (int axis : axes) {
        shape = shape.with(axis, 1);
      }
      return shape;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor x = y.input(0);
      return switch (reduction) {
        case SUM -> List.of(cotangent.broadcastTo(x.shape()));
        case MAX -> {
          // Elements tied for the maximum share its gradient equally.
          Tensor winners = Functions.real(x.equalTo(y.broadcastTo(x.shape())));
          Tensor share = cotangent.divide(Tensor.of(new Reduce(Reduction.SUM, axes), winners));
          yield List.of(winners.times(share));
        }
      };
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.reduce(this, tensor);
    }
  }

  /**
   * The index of the largest element along the last axis (the first of equal ones); that axis is
   * removed.
   */
  record ArgMax() implements Reductions, Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape().slice(0, inputs.get(0).shape().rank() - 1);
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.INTEGER;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.argMax(this, tensor);
    }
  }

  /** softmax(x)ᵢ = eˣⁱ / Σⱼ eˣʲ along the last axis. */
  record Softmax() implements Reductions {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape();
    }

    /** Returns y ⊙ (g − ⟨g, y⟩). */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(y.times(cotangent.minus(cotangent.times(y).sumKeeping(-1))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.softmax(this, tensor);
    }
  }

  /** log softmax(x) along the last axis, computed in one step to avoid overflow. */
  record LogSoftmax() implements Reductions {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      return inputs.get(0).shape();
    }

    /** Returns g − softmax(x) · Σg. */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor softmax = Functions.softmax(y.input(0));
      return List.of(cotangent.minus(softmax.times(cotangent.sumKeeping(-1))));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.logSoftmax(this, tensor);
    }
  }

  /** The function applied over the elements of the reduced axes. */
  enum Reduction {
    SUM,
    MAX
  }
}
