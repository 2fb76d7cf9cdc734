/**
 * The results of sweeps for people and programs: {@link dev.ebt.bench.sweep.SweepTable}, {@link
 * dev.ebt.bench.sweep.SweepDocument} and {@link dev.ebt.bench.sweep.SweepChart}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.sweep;
