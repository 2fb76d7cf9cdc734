package dev.ebt.vision;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageSource;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** Rows of images with their condition: a class, a vector or none. One row per image. */
final class ConditionedImages implements Examples {
  private final ImageSource images;
  private final GenerationSettings settings;

  /** Creates the rows of these images. */
  ConditionedImages(ImageSource images, GenerationSettings settings) {
    this.images = images;
    this.settings = settings;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Batch batch(int... rows) {
    Shape shape = Shape.of(rows.length).plus(settings.space().shape().toIntArray());
    int values = shape.elements() / rows.length;
    float[] clean = new float[shape.elements()];
    for (int i = 0; i < rows.length; i++) {
      byte[] planes = images.planes(rows[i]);
      for (int j = 0; j < values; j++) {
        clean[i * values + j] = (planes[j] & 0xFF) / 127.5f - 1;
      }
    }
    return new Batch(asked(rows), Array.of(shape, clean), Array.filled(Shape.of(rows.length), 1));
  }

  private Map<String, Array> asked(int[] rows) {
    if (settings.classes() > 0) {
      long[] labels = Arrays.stream(rows).mapToLong(images::label).toArray();
      return Map.of(ImageGeneration.LABEL, Array.of(Shape.of(rows.length), labels));
    }
    return settings.conditionDimension() > 0
        ? Map.of(ImageGeneration.VECTOR, vectors(rows))
        : Map.of();
  }

  private Array vectors(int[] rows) {
    FloatBuffer all = FloatBuffer.allocate(rows.length * settings.conditionDimension());
    for (int row : rows) {
      Array vector = images.vector(row);
      if (vector == null) {
        throw new IllegalStateException("no condition vector for image " + row + " shows");
      }
      all.put(vector.floats());
    }
    return Array.of(Shape.of(rows.length, settings.conditionDimension()), all.array());
  }
}
