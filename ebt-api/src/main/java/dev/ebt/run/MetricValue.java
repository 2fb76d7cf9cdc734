package dev.ebt.run;

/**
 * The value of a metric.
 *
 * @param name the name in tables and JSON, such as {@code loss}
 * @param unit the unit, such as {@code nats} or {@code dB}; empty for a number without one
 */
public record MetricValue(String name, double value, String unit) {}
