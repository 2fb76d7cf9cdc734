/**
 * Statistics of a few repetitions of a measurement. Entry point: {@link
 * dev.ebt.statistics.Bootstrap}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.statistics;
