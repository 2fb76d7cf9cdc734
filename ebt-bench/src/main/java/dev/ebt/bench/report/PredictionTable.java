package dev.ebt.bench.report;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Predictor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  public record PredictionOptions(int steps, double tolerance, long seed) {}

  /** Prints {@code count} examples. */
  public static void print(RunParts parts, PredictionOptions manner, int count, PrintStream out) {
    Modality modality = parts.modality();
    Examples examples = parts.dataset().validation();
    int rows = Math.min(count, examples.size());
    if (rows == 0) {
      throw new UserException("there is nothing to predict: no validation example");
    }
    Batch batch = examples.batch(IntStream.range(0, rows).toArray());
    try (Predictor predictor = parts.predictor(rows)) {
      List<Array> energies = predict(predictor, batch, manner);
      Array candidates = predictor.candidate();
      for (int row = 0; row < rows; row++) {
        Map<String, Array> context = context(batch, row);
        out.println("predicted " + modality.describe(context, row(candidates, row)));
        out.println("target    " + modality.describe(context, row(batch.target(), row)));
        if (predictor.thinks()) {
          out.print("energy   ");
          for (Array energy : energies) {
            out.printf(Locale.ROOT, " %.4f", mean(row(energy, row)));
          }
          out.println();
        }
      }
      if (predictor.thinks()) {
        out.println("energy: before thinking and after each step; lower is better");
      }
    }
  }

  /** What a predictor of one row predicts of an example, in one line. */
  static String oneLine(
      Predictor predictor, Modality modality, Batch example, PredictionOptions manner) {
    predict(predictor, example, manner);
    return modality
        .describe(context(example, 0), row(predictor.candidate(), 0))
        .lines()
        .findFirst()
        .orElse("");
  }

  /**
   * The energies of the candidates entering each step, and of those leaving the last one; none of a
   * model without energy.
   */
  private static List<Array> predict(Predictor predictor, Batch batch, PredictionOptions manner) {
    predictor.observe(batch.context());
    predictor.begin(manner.seed());
    if (!predictor.thinks()) {
      predictor.reach(manner.steps(), manner.tolerance());
      return List.of();
    }
    List<Array> energies = new ArrayList<>();
    for (int i = 0; i < manner.steps(); i++) {
      energies.add(predictor.step(1, manner.tolerance()).energy());
    }
    energies.add(predictor.energy());
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
