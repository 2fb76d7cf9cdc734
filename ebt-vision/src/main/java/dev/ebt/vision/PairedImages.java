package dev.ebt.vision;

import static java.util.stream.Collectors.toMap;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.pairs.PairFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pairs of a folder as training rows: the image is the target, the noise the initial candidate.
 */
final class PairedImages implements Examples {
  private final Map<String, Array> tensors;
  private final List<String> features;
  private final int size;

  /**
   * Creates rows of these tensors.
   *
   * @param folder they are from, in messages
   * @throws UserException if images or contexts are not those of the modality
   */
  PairedImages(Map<String, Array> tensors, ImageGeneration modality, Path folder) {
    this.tensors = Map.copyOf(tensors);
    this.features = modality.context().stream().map(FeatureSpec::name).toList();
    Array images = Required.of(tensors, PairFolder.IMAGE);
    this.size = images.shape().size(0);
    check(PairFolder.IMAGE, modality.candidate(), folder);
    check(PairFolder.NOISE, modality.candidate(), folder);
    modality.context().forEach(feature -> check(feature.name(), feature.shape(), folder));
  }

  private void check(String name, Shape row, Path folder) {
    Array array = tensors.get(name);
    Shape expected = Shape.of(size).plus(row.toIntArray());
    if (array == null || !array.shape().equals(expected)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the pairs of %s have %s '%s', but the modality needs %s; set modality.size,"
                  + " modality.channels, modality.classes and so on as in the run that drew them",
              folder,
              array == null ? "no tensor" : array.shape() + " as",
              name,
              expected));
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** Returns the number of pairs whose image is a real one. */
  int inverted() {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += Required.of(tensors, PairFolder.INVERTED).real(i) > 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public Batch batch(int... rows) {
    return new Batch(
        features.stream()
            .collect(toMap(name -> name, name -> Required.of(tensors, name).rows(rows))),
        Required.of(tensors, PairFolder.IMAGE).rows(rows),
        Array.filled(Shape.of(rows.length), 1),
        Required.of(tensors, PairFolder.NOISE).rows(rows));
  }
}
