package dev.ebt.monitor;

import java.util.Map;

/**
 * The metrics of a training step.
 *
 * @param loss weighted mean over all predictions
 * @param gradientNorm before clipping
 * @param metrics weighted means by name
 */
public record StepMetrics(double loss, double gradientNorm, Map<String, Double> metrics) {}
