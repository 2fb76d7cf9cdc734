package dev.ebt.bench.report;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model of any modality predicts of some validation examples, with the energy of each step.
 */
public final class PredictionTable {
  private PredictionTable() {}

  /** Prints {@code count} examples. */
  public static void print(TrainedModel model, int steps, int count, PrintStream out) {
    Modality modality = model.modality();
    Examples examples = model.parts().dataset().validation();
    int rows = Math.min(count, examples.size());
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    try (Thinker thinker = model.thinker(rows)) {
      thinker.observe(batch.context());
      thinker.begin(model.parts().configuration().seed());
      Array[] energies = new Array[steps + 1];
      for (int i = 0; i < steps; i++) {
        energies[i] = thinker.step();
      }
      energies[steps] = thinker.energy();
      Array candidates = thinker.candidate();
      for (int row = 0; row < rows; row++) {
        Map<String, Array> context = new LinkedHashMap<>();
        for (Map.Entry<String, Array> feature : batch.context().entrySet()) {
          context.put(feature.getKey(), row(feature.getValue(), row));
        }
        out.println("predicted " + modality.describe(context, row(candidates, row)));
        out.println("target    " + modality.describe(context, row(batch.target(), row)));
        out.print("energy   ");
        for (Array energy : energies) {
          out.printf(Locale.ROOT, " %.4f", mean(row(energy, row)));
        }
        out.println();
      }
    }
  }

  /** One row of an array, without the row axis. */
  private static Array row(Array array, int row) {
    Shape shape = array.shape().slice(1, array.shape().rank());
    int size = shape.elements();
    if (array.type() == dev.ebt.tensor.ElementType.INTEGER) {
      return Array.of(
          shape, java.util.Arrays.copyOfRange(array.longs(), row * size, (row + 1) * size));
    }
    return Array.of(
        shape, java.util.Arrays.copyOfRange(array.floats(), row * size, (row + 1) * size));
  }

  private static double mean(Array array) {
    return java.util.Arrays.stream(array.doubles()).average().orElse(Double.NaN);
  }
}
