package dev.ebt.vision.encoder;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Eigenvalues of a positive semidefinite symmetric matrix, in descending order, and their
 * eigenvectors.
 *
 * @param values the eigenvalues
 * @param vectors one in each column
 */
record Eigenvectors(double[] values, RealMatrix vectors) {
  /**
   * Returns the eigenvectors of a matrix. The eigendecomposition is fast, but its number of
   * iterations is bounded, and some matrices need more; then the singular value decomposition is
   * used, which is the same here.
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
