package dev.ebt.modality;

import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * One named part of a row of data.
 *
 * @param shape of one row, without the row axis
 */
public record Feature(String name, Shape shape, ElementType type) {

  /** The shape of {@code rows} rows. */
  public Shape shape(int rows) {
    return Shape.of(rows).plus(shape.toIntArray());
  }

  /** The program input for {@code rows} rows of this feature. */
  public Tensor input(int rows) {
    return Tensor.input(name, shape(rows), type);
  }
}
