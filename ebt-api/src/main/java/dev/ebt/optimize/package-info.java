/**
 * The SPI for updates of candidates and parameters: {@link dev.ebt.optimize.Optimizer}, {@link
 * dev.ebt.optimize.LearningRateSchedule}, and {@link dev.ebt.optimize.GradientTransform}s that a
 * {@link dev.ebt.optimize.GradientTransformChain} composes.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.optimize;
