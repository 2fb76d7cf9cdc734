package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
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

  /**
   * How to think.
   *
   * @param steps how many steps at most
   * @param tolerance a prediction stops when its energy changes by less
   * @param seed of where thinking begins
   */
  public record Manner(int steps, double tolerance, long seed) {}

  /** Prints {@code count} examples. */
  public static void print(RunParts parts, Manner manner, int count, PrintStream out) {
    Modality modality = parts.modality();
    Examples examples = parts.dataset().validation();
    int rows = Math.min(count, examples.size());
    if (rows == 0) {
      throw new UserException("there is nothing to predict: no validation example");
    }
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    try (Thinker thinker = parts.thinker(rows)) {
      Array[] energies = think(thinker, batch, manner);
      Array candidates = thinker.candidate();
      for (int row = 0; row < rows; row++) {
        Map<String, Array> context = context(batch, row);
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

  /** What a thinker of one row predicts of an example, in one line. */
  static String oneLine(Thinker thinker, Modality modality, Batch example, Manner manner) {
    think(thinker, example, manner);
    return modality
        .describe(context(example, 0), row(thinker.candidate(), 0))
        .lines()
        .findFirst()
        .orElse("");
  }

  /** The energies of the candidates entering each step, and of those leaving the last one. */
  private static Array[] think(Thinker thinker, Batch batch, Manner manner) {
    thinker.observe(batch.context());
    thinker.begin(manner.seed());
    Array[] energies = new Array[manner.steps() + 1];
    for (int i = 0; i < manner.steps(); i++) {
      energies[i] = thinker.step(1, manner.tolerance()).energy();
    }
    energies[manner.steps()] = thinker.energy();
    return energies;
  }

  private static Map<String, Array> context(Batch batch, int row) {
    Map<String, Array> context = new LinkedHashMap<>();
    batch.context().forEach((name, feature) -> context.put(name, row(feature, row)));
    return context;
  }

  /** One row of an array, without the row axis. */
  static Array row(Array array, int row) {
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
