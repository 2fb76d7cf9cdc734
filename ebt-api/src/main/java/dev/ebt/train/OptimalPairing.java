package dev.ebt.train;

import dev.ebt.error.SettingException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.objective.RowPairing;
import dev.ebt.tensor.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The pairing of initial candidates and targets with the lowest sum of squared distances among rows
 * of one context: minibatch optimal transport (Tong et al., arXiv 2302.00482). Rows of different
 * contexts are not exchanged, or initial candidates would tell the context.
 */
final class OptimalPairing implements RowPairing {
  /** The number of training rows whose contexts are counted, drawn from all. */
  private static final int COUNTED = 1000;

  /** The share of rows with a context of their own from which on there are no classes. */
  private static final double UNIQUE = 0.9;

  @Override
  public int[] order(Array initialCandidates, Batch batch) {
    int[] order = IntStream.range(0, batch.rows()).toArray();
    for (List<Integer> rows : groups(batch).values()) {
      int[] columns = Assignment.of(distances(initialCandidates, batch.target(), rows));
      for (int i = 0; i < columns.length; i++) {
        order[rows.get(i)] = rows.get(columns[i]);
      }
    }
    return order;
  }

  @Override
  public void check(Dataset dataset, int rows) {
    Examples training = dataset.training();
    Set<Map<String, Array>> contexts = new HashSet<>();
    int counted = Math.min(COUNTED, training.size());
    for (int row : new EpochShuffle(training.size(), 0).rows(0, counted)) {
      contexts.add(context(training.batch(row), 0));
    }
    if (contexts.size() > 1 && contexts.size() >= UNIQUE * counted) {
      throw new SettingException(
          "objective.pairing",
          String.format(
              Locale.ROOT,
              "is optimal, which pairs rows of one context, but %d of %d training rows have a context"
                  + " of their own; data with classes or without conditions expected, or"
                  + " objective.pairing=random",
              contexts.size(),
              counted));
    }
    if (rows < 2 * contexts.size()) {
      throw new SettingException(
          "objective.pairing",
          String.format(
              Locale.ROOT,
              "is optimal, but training.batch %d is too small to pair rows of one context: %d"
                  + " training rows have %d contexts; training.batch %d or more expected, or"
                  + " objective.pairing=random",
              rows,
              counted,
              contexts.size(),
              2 * contexts.size()));
    }
  }

  /** Returns the numbers of the rows of each context. */
  private static Map<Map<String, Array>, List<Integer>> groups(Batch batch) {
    Map<Map<String, Array>, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < batch.rows(); row++) {
      groups.computeIfAbsent(context(batch, row), absent -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static Map<String, Array> context(Batch batch, int row) {
    Map<String, Array> context = new HashMap<>(batch.context());
    context.replaceAll((name, array) -> array.row(row));
    return context;
  }

  /** Returns the squared distance of each candidate, a row of the matrix, to each target. */
  private static double[][] distances(Array candidates, Array targets, List<Integer> rows) {
    double[][] from =
        rows.stream().map(row -> candidates.row(row).doubles()).toArray(double[][]::new);
    double[][] to = rows.stream().map(row -> targets.row(row).doubles()).toArray(double[][]::new);
    double[][] distances = new double[from.length][to.length];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        distances[i][j] = squaredDistance(from[i], to[j]);
      }
    }
    return distances;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
