package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Locale;
import java.util.Map;

/** What an image is generated for by a program: a class, a vector, or nothing. */
public sealed interface ImageCondition {
  /** Returns the condition of a class, by its index. */
  static ImageCondition ofClass(int index) {
    return new OfClass(index);
  }

  /** Returns the condition of a vector of an external encoder. */
  static ImageCondition ofVector(float... vector) {
    return new OfVector(Array.of(Shape.of(1, vector.length), vector.clone()));
  }

  /** Returns no condition, for a model without. */
  static ImageCondition none() {
    return new None();
  }

  /**
   * Returns the features of one row.
   *
   * @throws UserException if the model has another kind of condition
   */
  Map<String, Array> context(GenerationSettings settings);

  /**
   * A class.
   *
   * @param index of the class in the training data
   */
  record OfClass(int index) implements ImageCondition {
    @Override
    public Map<String, Array> context(GenerationSettings settings) {
      if (index < 0 || index >= settings.classes()) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "the class is %d; the model has %d classes, from 0",
                index,
                settings.classes()));
      }
      return Map.of(ImageGeneration.LABEL, Array.of(Shape.of(1), (long) index));
    }
  }

  /**
   * A vector.
   *
   * @param vector [1, dimension]
   */
  record OfVector(Array vector) implements ImageCondition {
    @Override
    public Map<String, Array> context(GenerationSettings settings) {
      if (vector.shape().size(1) != settings.conditionDimension()) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "the vector has %d numbers; the model has condition vectors of %d",
                vector.shape().size(1),
                settings.conditionDimension()));
      }
      return Map.of(ImageGeneration.VECTOR, vector);
    }
  }

  /** No condition. */
  record None() implements ImageCondition {
    @Override
    public Map<String, Array> context(GenerationSettings settings) {
      if (settings.classes() > 0 || settings.conditionDimension() > 0) {
        throw new UserException(
            "the model generates images for a "
                + (settings.classes() > 0 ? "class" : "vector")
                + ", and there is no condition");
      }
      return Map.of();
    }
  }
}
