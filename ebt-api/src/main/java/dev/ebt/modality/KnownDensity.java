package dev.ebt.modality;

/**
 * What is known of the density e^−E / Z that data is from.
 *
 * @param logPartition ln Z
 * @param mean of each element of a target, in row-major order
 * @param deviation of each element
 */
public record KnownDensity(double logPartition, double[] mean, double[] deviation) {}
