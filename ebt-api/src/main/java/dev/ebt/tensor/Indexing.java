package dev.ebt.tensor;

import java.util.List;

/** Operations that gather and scatter rows of a table by index. */
public sealed interface Indexing extends Op {
  /**
   * Inputs (table, indices): the rows {@code table[indices]}; the shape is that of indices followed
   * by that of a row.
   */
  record Gather() implements Indexing {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.rankAtLeast(name(), inputs.get(0), 1);
      Checks.type(name(), inputs.get(1), ElementType.INTEGER);
      Shape table = inputs.get(0).shape();
      return inputs.get(1).shape().plus(table.slice(1, table.rank()).toIntArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      int rows = y.input(0).shape().size(0);
      return java.util.Arrays.asList(Tensor.of(new ScatterAdd(rows), cotangent, y.input(1)), null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.gather(this, tensor);
    }
  }

  /**
   * Inputs (updates, indices): a table of {@code rows} rows; row r is the sum of the updates with
   * index r.
   */
  record ScatterAdd(int rows) implements Indexing {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.REAL);
      Checks.type(name(), inputs.get(1), ElementType.INTEGER);
      Shape updates = inputs.get(0).shape();
      Shape indices = inputs.get(1).shape();
      if (updates.rank() < indices.rank() || !updates.slice(0, indices.rank()).equals(indices)) {
        throw new ShapeException(name(), "updates " + updates + " for indices " + indices);
      }
      return Shape.of(rows).plus(updates.slice(indices.rank(), updates.rank()).toIntArray());
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      return java.util.Arrays.asList(Functions.gather(cotangent, y.input(1)), null);
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.scatterAdd(this, tensor);
    }
  }

  /**
   * Inputs (table, indices, rows): the table with row {@code indices[i]} replaced by {@code
   * rows[i]}. The indices must be distinct.
   */
  record ScatterUpdate() implements Indexing {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Tensor table = inputs.get(0);
      Checks.rankAtLeast(name(), table, 1);
      Checks.type(name(), inputs.get(1), ElementType.INTEGER);
      Checks.sameType(name(), List.of(table, inputs.get(2)));
      Shape row = table.shape().slice(1, table.shape().rank());
      Shape rows = inputs.get(1).shape().plus(row.toIntArray());
      if (!inputs.get(2).shape().equals(rows)) {
        throw new ShapeException(
            name(), "rows " + inputs.get(2).shape() + "; " + rows + " expected");
      }
      return table.shape();
    }

    @Override
    public List<Tensor> pullback(Tensor y, Tensor cotangent) {
      Tensor replaced = Tensor.zeros(y.input(2).shape());
      return java.util.Arrays.asList(
          Functions.scatterUpdate(cotangent, y.input(1), replaced),
          null,
          Functions.gather(cotangent, y.input(1)));
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.scatterUpdate(this, tensor);
    }
  }

  /** Index i as a row of {@code depth} zeros with a real 1 at i; all zeros if i is out of range. */
  record OneHot(int depth) implements Indexing, Opaque {
    @Override
    public Shape shape(List<Tensor> inputs) {
      Checks.type(name(), inputs.get(0), ElementType.INTEGER);
      return inputs.get(0).shape().plus(depth);
    }

    @Override
    public ElementType type(List<Tensor> inputs) {
      return ElementType.REAL;
    }

    @Override
    public <R> R accept(Visitor<R> visitor, Tensor tensor) {
      return visitor.oneHot(this, tensor);
    }
  }
}
