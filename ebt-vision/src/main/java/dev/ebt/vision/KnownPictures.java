package dev.ebt.vision;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.picture.Pictures;
import java.util.Map;

/** Pictures with their kinds: a row for each. */
final class KnownPictures implements Examples {
  private final Pictures pictures;
  private final GenerationSettings settings;

  /** Rows of these pictures. */
  KnownPictures(Pictures pictures, GenerationSettings settings) {
    this.pictures = pictures;
    this.settings = settings;
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public Batch batch(int... rows) {
    Shape shape = Shape.of(rows.length).plus(settings.space().shape().toIntArray());
    int values = shape.elements() / rows.length;
    float[] clean = new float[shape.elements()];
    long[] kinds = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      byte[] planes = pictures.planes(rows[i]);
      for (int j = 0; j < values; j++) {
        clean[i * values + j] = (planes[j] & 0xFF) / 127.5f - 1;
      }
      kinds[i] = settings.kinds() == 0 ? 0 : pictures.kind(rows[i]);
    }
    return new Batch(
        settings.kinds() == 0
            ? Map.of()
            : Map.of(ImageGeneration.KIND, Array.of(Shape.of(rows.length), kinds)),
        Array.of(shape, clean),
        Array.filled(Shape.of(rows.length), 1));
  }
}
