package dev.ebt.run;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.ClassLabel;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How well a model tells the class c of validation examples y by the energy of each,
 *
 * <pre>
 * p(c | y) = e^−E(y, c) / Σ_k e^−E(y, k)
 * </pre>
 *
 * @param examples the number of examples
 * @param classes the number of classes
 * @param accuracy the share of examples whose class has the lowest energy; of classes that share
 *     it, each counts as much
 * @param logLoss the mean of −ln p(c | y), in nats; ln of the number of classes is chance
 */
public record ClassificationByEnergy(int examples, int classes, double accuracy, double logLoss) {

  /**
   * Classifies validation examples.
   *
   * @param rowsTogether examples per batch
   * @param limit the maximum number of examples
   * @throws UserException if the model has no energy for given targets, or its context no class
   */
  public static ClassificationByEnergy of(RunParts parts, int rowsTogether, int limit) {
    ClassLabel label = parts.modality().classLabel().orElseThrow(ClassificationByEnergy::noClass);
    ValidationBatches batches = ValidationBatches.of(parts, rowsTogether, limit);
    Sums sums = new Sums(label);
    try (TargetEnergies energies =
        parts.targetEnergies(batches.rows()).orElseThrow(ClassificationByEnergy::noEnergy)) {
      batches.forEach(part -> sums.add(energies, part.batch(), part.counted()));
    }
    double count = batches.count();
    return new ClassificationByEnergy(
        batches.count(), label.classes(), sums.right / count, sums.loss / count);
  }

  /** Sums over examples. */
  private static final class Sums {
    private final ClassLabel label;
    private double right;
    private double loss;

    Sums(ClassLabel label) {
      this.label = label;
    }

    /** Adds the first rows of a batch. */
    void add(TargetEnergies energies, Batch batch, int rows) {
      double[][] ofClass = new double[label.classes()][];
      Arrays.setAll(ofClass, c -> energies.of(as(batch, label, c), batch.target()).doubles());
      long[] labels = Required.of(batch.context(), label.feature()).longs();
      for (int row = 0; row < rows; row++) {
        int own = (int) labels[row];
        int i = row;
        double[] each = Arrays.stream(ofClass).mapToDouble(all -> all[i]).toArray();
        double least = Arrays.stream(each).min().orElseThrow();
        long lowest = Arrays.stream(each).filter(e -> e == least).count();
        right += each[own] == least ? 1.0 / lowest : 0;
        double sum = Arrays.stream(each).map(e -> Math.exp(least - e)).sum();
        loss += each[own] - least + Math.log(sum);
      }
    }
  }

  private static Map<String, Array> as(Batch batch, ClassLabel label, int number) {
    long[] labels = new long[batch.rows()];
    Arrays.fill(labels, number);
    Map<String, Array> context = new HashMap<>(batch.context());
    context.put(label.feature(), Array.of(Shape.of(labels.length), labels));
    return context;
  }

  private static UserException noClass() {
    return new UserException(
        "--classify needs a class in the context, and this modality has none; a run with"
            + " modality.classes expected");
  }

  private static UserException noEnergy() {
    return new UserException(
        "--classify compares energies of given targets, and this model has none; a run of an energy"
            + " model expected");
  }
}
