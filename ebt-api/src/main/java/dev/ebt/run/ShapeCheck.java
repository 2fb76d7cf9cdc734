package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks, made before anything runs, that parts fit together: the rows of a dataset and a modality,
 * a modality and a trained model.
 */
final class ShapeCheck {
  private ShapeCheck() {}

  /**
   * Checks one row of a dataset against a modality.
   *
   * @throws UserException naming both parts, the shapes of the row and the expected ones
   */
  static void check(Dataset dataset, String data, Modality modality, String kind) {
    Examples rows = dataset.training().size() > 0 ? dataset.training() : dataset.validation();
    if (rows.size() == 0) {
      return;
    }
    Batch row = rows.batch(0);
    FeatureSpec target = modality.target();
    Shape weight = Shape.of(1).plus(modality.predictions().toIntArray());
    boolean fits =
        modality.context().stream().allMatch(f -> fits(f, row.context().get(f.name())))
            && fits(target, row.target())
            && row.weight().shape().equals(weight);
    if (!fits) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "data '%s' does not fit modality '%s': its rows have %s and target %s, weight %s; %s and target %s, weight %s expected",
              data,
              kind,
              words(row.context()),
              words(row.target()),
              row.weight().shape(),
              modality.context().stream()
                  .map(f -> f.name() + " " + words(f))
                  .collect(Collectors.joining(", ")),
              words(target),
              weight));
    }
  }

  /**
   * Checks a modality against the one that a model was trained with.
   *
   * @throws UserException naming the checkpoint and both modalities
   */
  static void check(Modality modality, String kind, StoredCheckpoint stored) {
    CheckpointMetadata.Part trained = stored.progress().parts().get("modality");
    if (trained != null
        && !trained.fingerprint().isEmpty()
        && !trained.fingerprint().equals(modality.fingerprint())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s was trained with modality '%s' of %s; the configuration makes '%s' of %s, whose numbers mean something else. Leave out --set modality…, or give what the model was trained with",
              stored.folder(),
              trained.name(),
              trained.fingerprint(),
              kind,
              modality.fingerprint().isEmpty() ? "another type" : modality.fingerprint()));
    }
  }

  private static boolean fits(FeatureSpec wanted, @Nullable Array found) {
    return found != null && found.type() == wanted.type() && found.shape().equals(wanted.shape(1));
  }

  private static String words(Map<String, Array> context) {
    Stream<String> features =
        new TreeMap<>(context).entrySet().stream().map(e -> e.getKey() + " " + words(e.getValue()));
    return features.collect(Collectors.joining(", "));
  }

  private static String words(Array array) {
    return array.type() + " " + array.shape();
  }

  private static String words(FeatureSpec feature) {
    return feature.type() + " " + feature.shape(1);
  }
}
