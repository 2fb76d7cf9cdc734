package dev.ebt.modality;

import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * A named part of a data row.
 *
 * @param shape the shape of one row, without the row axis
 */
public record FeatureSpec(String name, Shape shape, ElementType type) {

  /** Returns the shape of {@code rows} rows. */
  public Shape shape(int rows) {
    return Shape.of(rows).plus(shape.toIntArray());
  }

  /** Returns the program input for {@code rows} rows of this feature. */
  public Tensor input(int rows) {
    return Tensor.input(name, shape(rows), type);
  }
}
