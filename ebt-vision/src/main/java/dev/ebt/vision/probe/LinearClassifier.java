package dev.ebt.vision.probe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * A linear classifier: ridge regression (Hoerl and Kennard, 1970) on the classes, one column for
 * each, of features standardized to mean 0 and variance 1,
 *
 * <pre>
 * W = argmin |Y − XW|² / n + λ|W|² = (XᵀX + λnI)⁻¹ XᵀY = Xᵀ(XXᵀ + λnI)⁻¹ Y
 * </pre>
 *
 * <p>which predicts the class of the greatest column. λ is the one with the best accuracy on the
 * last fifth of the rows when fitted to the others; then all rows are fitted.
 */
final class LinearClassifier {
  private static final double[] PENALTIES = {0.001, 0.01, 0.1, 1, 10};

  /** The least variance of a feature that is not rounding. */
  private static final double LEAST_VARIANCE = 1e-12;

  private static final double ASYMMETRY = 1e-9;

  private final Scale scale;
  private final RealMatrix weights;

  /**
   * Rows of features with their labels.
   *
   * @param numbers [rows][features]
   * @param labels the label of each row, from 0
   */
  record Rows(double[][] numbers, int[] labels) {
    private Rows part(int from, int to) {
      return new Rows(Arrays.copyOfRange(numbers, from, to), Arrays.copyOfRange(labels, from, to));
    }

    private int count() {
      return labels.length;
    }
  }

  private LinearClassifier(Scale scale, RealMatrix weights) {
    this.scale = scale;
    this.weights = weights;
  }

  /**
   * Returns the classifier with the best λ, fitted to all rows.
   *
   * @param rows at least two
   */
  static LinearClassifier fit(Rows rows, int classes) {
    int count = rows.count() - Math.max(1, rows.count() / 5);
    Problem most = new Problem(rows.part(0, count), classes);
    Rows others = rows.part(count, rows.count());
    double best = 0;
    double penalty = 0;
    for (double candidate : PENALTIES) {
      double accuracy = most.solve(candidate).accuracy(others);
      if (accuracy >= best) {
        best = accuracy;
        penalty = candidate;
      }
    }
    return new Problem(rows, classes).solve(penalty);
  }

  /** Returns the share of rows whose class is predicted correctly. */
  double accuracy(Rows rows) {
    RealMatrix scores = scale.apply(rows.numbers).multiply(weights);
    long right =
        IntStream.range(0, rows.count())
            .filter(i -> greatest(scores.getRow(i)) == rows.labels[i])
            .count();
    return right / (double) rows.count();
  }

  private int greatest(double[] row) {
    double[] share = scale.share;
    return IntStream.range(0, row.length)
        .reduce((a, b) -> row[b] + share[b] > row[a] + share[a] ? b : a)
        .orElseThrow();
  }

  /** A least-squares problem, with the products that every λ needs. */
  private static final class Problem {
    private final Scale scale;
    private final RealMatrix x;
    private final RealMatrix y;
    private final RealMatrix products;
    private final boolean fewRows;

    Problem(Rows rows, int classes) {
      scale = Scale.of(rows, classes);
      x = scale.apply(rows.numbers);
      double[][] wanted = new double[rows.count()][];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = Arrays.stream(scale.share).map(s -> -s).toArray();
        wanted[i][rows.labels[i]] += 1;
      }
      y = MatrixUtils.createRealMatrix(wanted);
      fewRows = x.getRowDimension() < x.getColumnDimension();
      products = fewRows ? x.multiplyTransposed(x) : x.transposeMultiply(x);
    }

    LinearClassifier solve(double penalty) {
      RealMatrix penalised = products.copy();
      for (int i = 0; i < penalised.getRowDimension(); i++) {
        penalised.addToEntry(i, i, penalty * x.getRowDimension());
      }
      DecompositionSolver solver = new CholeskyDecomposition(penalised, ASYMMETRY, 0).getSolver();
      return new LinearClassifier(
          scale,
          fewRows ? x.transposeMultiply(solver.solve(y)) : solver.solve(x.transposeMultiply(y)));
    }
  }

  /** Means and deviations of features, and the share of each class. */
  private record Scale(double[] mean, double[] deviation, double[] share) {
    static Scale of(Rows rows, int classes) {
      int width = rows.numbers[0].length;
      double[] mean = new double[width];
      double[] square = new double[width];
      double[] share = new double[classes];
      for (int i = 0; i < rows.count(); i++) {
        for (int j = 0; j < width; j++) {
          mean[j] += rows.numbers[i][j] / rows.count();
        }
        share[rows.labels[i]] += 1.0 / rows.count();
      }
      for (double[] row : rows.numbers) {
        for (int j = 0; j < width; j++) {
          square[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.count();
        }
      }
      double[] deviation =
          Arrays.stream(square)
              .map(v -> v > LEAST_VARIANCE ? Math.sqrt(v) : Double.POSITIVE_INFINITY)
              .toArray();
      return new Scale(mean, deviation, share);
    }

    RealMatrix apply(double[][] numbers) {
      double[][] scaled = new double[numbers.length][mean.length];
      for (int i = 0; i < numbers.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          scaled[i][j] = (numbers[i][j] - mean[j]) / deviation[j];
        }
      }
      return MatrixUtils.createRealMatrix(scaled);
    }
  }
}
