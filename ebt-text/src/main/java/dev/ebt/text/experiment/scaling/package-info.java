/**
 * Experiments on how losses fall with data, sizes and computation, on text whose entropy rate is
 * known. Entry points: {@link dev.ebt.text.experiment.scaling.ScalingExperiment}, {@link
 * dev.ebt.text.experiment.scaling.ScalingSurface}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.experiment.scaling;
