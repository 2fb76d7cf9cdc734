package dev.ebt.think;

import dev.ebt.tensor.Array;

/**
 * The extreme eigenvalues of the Hessian of the energy at the candidates of a thinking session: see
 * {@link CurvatureEstimator#extremes}. A candidate whose smallest eigenvalue is below 0 is no
 * minimum of the energy.
 *
 * @param smallest estimates from above, [rows, predictions...]
 * @param largest estimates from below, of the same shape
 */
public record ExtremeCurvature(Array smallest, Array largest) {}
