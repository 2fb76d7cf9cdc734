package dev.ebt.tensor;

import java.util.List;

/** Operations that rearrange, repeat, slice or pad elements. */
public sealed interface ShapeOps extends Op {
  /** The same elements in row-major order with another shape. */
  record Reshape(Shape target) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (inputs.get(0).shape().elements() != target.elements()) {
        throw new ShapeException(name(), inputs.get(0).shape() + " does not fill " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(cotangent.reshape(y.input(0).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.reshape(this, tensor);
    }
  }

  /** A permutation of the axes: axis i of the result is axis {@code order(i)} of the input. */
  record Transpose(List<Integer> order) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean permutation =
          order.size() == shape.rank()
              && order.stream()
                  .sorted()
                  .toList()
                  .equals(java.util.stream.IntStream.range(0, shape.rank()).boxed().toList());
      if (!permutation) {
        throw new ShapeException(name(), order + " is not an order of the axes of " + shape);
      }
      return Shape.of(order.stream().mapToInt(shape::size).toArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      int[] inverse = new int[order.size()];
      for (int i = 0; i < inverse.length; i++) {
        inverse[order.get(i)] = i;
      }
      return List.of(cotangent.transpose(inverse));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.transpose(this, tensor);
    }
  }

  /** A broadcast: axes of size 1 (or missing in front) are repeated up to the target shape. */
  record Broadcast(Shape target) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      if (!Shape.broadcast(name(), inputs.get(0).shape(), target).equals(target)) {
        throw new ShapeException(
            name(), inputs.get(0).shape() + " does not broadcast to " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(cotangent.sumTo(y.input(0).shape()));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.broadcast(this, tensor);
    }
  }

  /** The block of the target shape that begins at {@code starts}. */
  record Slice(List<Integer> starts, Shape target) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean inside = starts.size() == shape.rank() && target.rank() == shape.rank();
      for (int i = 0; inside && i < starts.size(); i++) {
        inside = starts.get(i) >= 0 && starts.get(i) + target.size(i) <= shape.size(i);
      }
      if (!inside) {
        throw new ShapeException(name(), target + " at " + starts + " is not inside " + shape);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(Tensor.of(new Pad(starts, y.input(0).shape()), cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.slice(this, tensor);
    }
  }

  /** The input as a block beginning at {@code starts} in an array of zeros of the target shape. */
  record Pad(List<Integer> starts, Shape target) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Shape shape = inputs.get(0).shape();
      boolean inside = starts.size() == shape.rank() && target.rank() == shape.rank();
      for (int i = 0; inside && i < starts.size(); i++) {
        inside = starts.get(i) >= 0 && starts.get(i) + shape.size(i) <= target.size(i);
      }
      if (!inside) {
        throw new ShapeException(name(), shape + " at " + starts + " is not inside " + target);
      }
      return target;
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return List.of(Tensor.of(new Slice(starts, y.input(0).shape()), cotangent));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.pad(this, tensor);
    }
  }

  /** The concatenation of the inputs along one axis (counted from the front). */
  record Concat(int axis) implements ShapeOps {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.sameType(name(), inputs);
      Shape first = inputs.get(0).shape();
      int total = 0;
      for (Tensor input : inputs) {
        boolean joins =
            axis < Math.min(first.rank(), input.shape().rank())
                && input.shape().with(axis, first.size(axis)).equals(first);
        if (!joins) {
          throw new ShapeException(
              name(), first + " and " + input.shape() + " do not join along axis " + axis);
        }
        total += input.shape().size(axis);
      }
      return first.with(axis, total);
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      List<Tensor> parts = new java.util.ArrayList<>();
      int start = 0;
      for (Tensor input : y.inputs()) {
        int size = input.shape().size(axis);
        parts.add(cotangent.slice(axis, start, size));
        start += size;
      }
      return parts;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.concat(this, tensor);
    }
  }
}
