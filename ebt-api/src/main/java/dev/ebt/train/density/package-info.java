/**
 * Objectives that make e^−E the density of the data, up to its normalizing constant, instead of
 * training predictions: {@link dev.ebt.train.density.ContrastiveDivergence} by samples of the
 * model, {@link dev.ebt.train.density.DenoisingScoreMatching} and {@link
 * dev.ebt.train.density.SlicedScoreMatching} by the gradient of the energy, {@link
 * dev.ebt.train.density.NoiseContrastiveEstimation}, {@link dev.ebt.train.density.InfoNce} and
 * {@link dev.ebt.train.density.Ranking} by other points. {@link
 * dev.ebt.train.density.DensityObjective} and {@link dev.ebt.train.density.DensityProblem} are what
 * they share.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.train.density;
