/**
 * Experiments with models of images. Principal type: {@link
 * dev.ebt.vision.experiment.DenoisingPasses}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.vision.experiment;
