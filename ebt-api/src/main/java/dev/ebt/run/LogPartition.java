package dev.ebt.run;

/**
 * An estimate of ln Z.
 *
 * @param value the estimate; on average not above ln Z
 * @param error its standard error
 * @param acceptance the share of accepted moves between the distributions
 */
public record LogPartition(double value, double error, double acceptance) {}
