package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A condition that images are generated for: a class, a vector, or none.
 *
 * @param name of the class or the vector
 * @param context one row
 * @param real an image that is right; null if there are many or none
 */
record SampleConditions(String name, Map<String, Array> context, @Nullable Array real) {
  /** The maximum number of validation images whose vectors are used. */
  private static final int VALIDATION_ROWS = 8;

  /** The maximum number of rows of an image that a person looks at. */
  private static final int MOST = 100;

  /** Returns each class, or the vectors of the first validation images. */
  static List<SampleConditions> of(GenerationSettings settings, Dataset dataset) {
    return settings.conditionDimension() > 0
        ? IntStream.range(0, Math.min(VALIDATION_ROWS, dataset.validation().size()))
            .mapToObj(row -> ofValidation(dataset, row))
            .toList()
        : IntStream.range(0, Math.max(1, settings.classes()))
            .mapToObj(
                label -> new SampleConditions(name(dataset, label), label(settings, label), null))
            .toList();
  }

  /**
   * Returns the vectors of a user's file.
   *
   * @throws UserException if it cannot be read, or they are too many or of another length
   */
  static List<SampleConditions> of(GenerationSettings settings, Path file) {
    Map<String, Array> vectors =
        ConditionVectors.read("--vectors", file, settings.conditionDimension()).all();
    if (vectors.size() > MOST) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--vectors: %s has %,d vectors; at most %d expected, a row of images each",
              file,
              vectors.size(),
              MOST));
    }
    Shape row = Shape.of(1, settings.conditionDimension());
    return vectors.entrySet().stream()
        .map(
            vector ->
                new SampleConditions(
                    vector.getKey(),
                    Map.of(ImageGeneration.VECTOR, vector.getValue().reshape(row)),
                    null))
        .toList();
  }

  /** Returns the context for a number of rows. */
  Map<String, Array> times(int rows) {
    Map<String, Array> all = new LinkedHashMap<>();
    context.forEach(
        (name, row) ->
            all.put(name, IntStream.range(1, rows).mapToObj(i -> row).reduce(row, Array::concat)));
    return all;
  }

  private static SampleConditions ofValidation(Dataset dataset, int row) {
    Batch batch = dataset.validation().batch(row);
    String name =
        dataset instanceof ImageDataset images ? images.validationImages().name(row) : "row " + row;
    return new SampleConditions(name, batch.context(), batch.target().row(0));
  }

  private static Map<String, Array> label(GenerationSettings settings, long label) {
    return settings.classes() == 0
        ? Map.of()
        : Map.of(ImageGeneration.LABEL, Array.of(Shape.of(1), label));
  }

  private static String name(Dataset dataset, int label) {
    return dataset instanceof ImageDataset images && label < images.classes().size()
        ? images.classes().get(label)
        : String.valueOf(label);
  }
}
