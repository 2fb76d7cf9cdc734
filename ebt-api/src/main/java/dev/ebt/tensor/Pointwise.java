package dev.ebt.tensor;

import java.util.Arrays;
import java.util.List;

/** Element-wise operations. */
public sealed interface Pointwise extends Op {
  /** y = f(x), element by element. */
  record Unary(UnaryFunction function) implements Pointwise {
    @Override
    public String name() {
      return OpNames.of(function);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.real(name(), inputs);
      return inputs.get(0).shape();
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(function.pullback(y.input(0), y, cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.unary(this, tensor);
    }
  }

  /** y = f(a, b), element by element, after broadcasting both to their common shape. */
  record Binary(BinaryFunction function) implements Pointwise {
    @Override
    public String name() {
      return OpNames.of(function);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.numbers(name(), inputs);
      return Shape.broadcast(name(), inputs.get(0).shape(), inputs.get(1).shape());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      if (y.type() != ElementType.REAL) {
        return Arrays.asList(null, null);
      }
      List<Tensor> full = function.pullback(y.input(0), y.input(1), cotangent);
      return List.of(full.get(0).sumTo(y.input(0).shape()), full.get(1).sumTo(y.input(1).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.binary(this, tensor);
    }
  }

  /** a ⋚ b, element by element, after broadcasting. */
  record Compare(Comparison comparison) implements Pointwise, Opaque {
    @Override
    public String name() {
      return OpNames.of(comparison);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.numbers(name(), inputs);
      return Shape.broadcast(name(), inputs.get(0).shape(), inputs.get(1).shape());
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.BOOLEAN;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.compare(this, tensor);
    }
  }

  /** Inputs (condition, a, b), all of one shape: a where the condition holds, else b. */
  record Select() implements Pointwise {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.BOOLEAN);
      Checks.sameType(name(), inputs.subList(1, 3));
      Checks.sameShape(name(), inputs);
      return inputs.get(1).shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return inputs.get(1).type();
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor nothing = Tensor.zeros(y.shape());
      return Arrays.asList(
          null,
          Functions.select(y.input(0), cotangent, nothing),
          Functions.select(y.input(0), nothing, cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.select(this, tensor);
    }
  }

  /**
   * A conversion of whole numbers or booleans (1 and 0) to real numbers, or of booleans to whole
   * numbers.
   */
  record Cast(ElementType target) implements Pointwise, Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (inputs.get(0).type() == ElementType.REAL || target == ElementType.BOOLEAN) {
        throw new ShapeException(name(), "no cast from " + inputs.get(0).type() + " to " + target);
      }
      return inputs.get(0).shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return target;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.cast(this, tensor);
    }
  }

  /** The same value with the gradient blocked. */
  record StopGradient() implements Pointwise, Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return inputs.get(0).shape();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.stopGradient(this, tensor);
    }
  }

  /**
   * The values of the first input, which are not computed from again before the second input is
   * known: what is computed from them is neither merged with what was computed before, nor done
   * earlier. With one input it is that input, at the boundary of a layer ({@link
   * Functions#layerBoundary}).
   */
  record Barrier() implements Pointwise {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return inputs.get(0).shape();
    }

    /** The cotangent passes a boundary of its own, that of the layer in the other direction. */
    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor passed = Functions.layerBoundary(cotangent);
      return y.inputs().size() == 1 ? List.of(passed) : Arrays.asList(passed, null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.barrier(this, tensor);
    }
  }

  /** The comparison operators. */
  enum Comparison {
    EQUAL,
    LESS,
    GREATER_OR_EQUAL
  }
}
