package dev.ebt.bench.code;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/** A search for the answer of the lowest energy among all, which finds what a verifier knows. */
final class AnswerSearch {
  private static final int TOGETHER = 512;

  private AnswerSearch() {}

  /**
   * Returns the share of the first validation rows whose right answer has the lowest energy of all
   * answers, which are 2 to the power of the number of bits.
   *
   * @param rows the maximum number of rows
   * @throws IllegalArgumentException if the model has no energy
   */
  static double solved(RunParts model, int rows) {
    int bits = ((CodeModality) model.modality()).bits();
    Examples examples = model.dataset().validation();
    int count = Math.min(rows, examples.size());
    int solved = 0;
    try (TargetEnergies energies =
        model
            .targetEnergies(TOGETHER)
            .orElseThrow(() -> new IllegalArgumentException("a model without an energy"))) {
      for (int row = 0; row < count; row++) {
        Batch batch = examples.batch(row);
        solved += isLowest(energies, batch, bits) ? 1 : 0;
      }
    }
    return (double) solved / count;
  }

  static boolean isLowest(TargetEnergies energies, Batch batch, int bits) {
    Array given = Required.of(batch.context(), CodeModality.GIVEN);
    double[] repeated = new double[TOGETHER * bits];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = given.real(i % bits);
    }
    Map<String, Array> context =
        Map.of(CodeModality.GIVEN, Array.of(Shape.of(TOGETHER, bits), repeated));
    int answers = 1 << bits;
    int lowest = 0;
    double least = Double.POSITIVE_INFINITY;
    double[] points = new double[TOGETHER * bits];
    for (int from = 0; from < answers; from += TOGETHER) {
      for (int i = 0; i < TOGETHER; i++) {
        System.arraycopy(GrayCode.signs((from + i) % answers, bits), 0, points, i * bits, bits);
      }
      Array found = energies.of(context, Array.of(Shape.of(TOGETHER, bits, 1), points));
      for (int i = 0; i < TOGETHER && from + i < answers; i++) {
        if (found.real(i) < least) {
          least = found.real(i);
          lowest = from + i;
        }
      }
    }
    double[] right = new double[bits];
    Arrays.setAll(right, i -> batch.target().real(i));
    return Arrays.equals(GrayCode.signs(lowest, bits), right);
  }
}
