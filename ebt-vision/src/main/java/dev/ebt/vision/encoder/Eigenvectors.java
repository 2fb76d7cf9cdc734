package dev.ebt.vision.encoder;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Eigenvalues of a symmetric matrix without negative ones, from the greatest on, and their vectors.
 *
 * @param values the eigenvalues
 * @param vectors one in each column
 */
record Eigenvectors(double[] values, RealMatrix vectors) {
  /**
   * Returns those of a matrix. The usual way is quick, but its number of rounds is bounded, and
   * some matrices need more; then singular values, which are the same here, are looked for.
   */
  static Eigenvectors of(RealMatrix matrix) {
    try {
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
      return new Eigenvectors(eigen.getEigenvalues(), eigen.getV());
    } catch (MathIllegalStateException e) {
      SingularValueDecomposition singular = new SingularValueDecomposition(matrix);
      return new Eigenvectors(singular.getSingularValues(), singular.getU());
    }
  }
}
