package dev.ebt.tensor;

import java.util.List;

/** The leaves of a program: operations without inputs to differentiate. */
public sealed interface Sources extends Op.Opaque {
  /** A constant array. */
  record Constant(Array value) implements Sources {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return value.shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return value.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.constant(this, tensor);
    }
  }

  /** A named value supplied to the program at each run. */
  record Input(String label, Shape inputShape, ElementType inputType) implements Sources {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return inputShape;
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return inputType;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.input(this, tensor);
    }
  }

  /** The value of a variable at the start of the run, regardless of updates in that run. */
  record Read(Variable variable) implements Sources {
    @Override
    public Shape shape(List<Tensor> inputs) {
      return variable.shape();
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return variable.type();
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.read(this, tensor);
    }
  }

  /**
   * Independent random numbers: a pure function of the key and the site. The input is the key, two
   * whole numbers (seed, step), or one key for each index of some leading axes, whose elements are
   * then those of a draw of their own; {@code site} distinguishes the places in one program that
   * draw random numbers. Every backend produces exactly the numbers of {@link Philox}.
   */
  record Random(Distribution distribution, Shape target, long site) implements Sources {
    @Override
    public String name() {
      return OpNames.of(distribution);
    }

    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.INTEGER);
      Shape key = inputs.get(0).shape();
      int leading = key.rank() - 1;
      if (leading < 0 || leading > target.rank() || !key.equals(target.slice(0, leading).plus(2))) {
        throw new ShapeException(
            name(),
            "a key [2], or one for each of the leading axes of "
                + target
                + ", expected, found "
                + key);
      }
      return target;
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.REAL;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.random(this, tensor);
    }
  }

  /** The distribution of random numbers. */
  enum Distribution {
    /** Mean 0, standard deviation 1. */
    NORMAL,
    /** From 0 (inclusive) to 1 (exclusive). */
    UNIFORM
  }
}
