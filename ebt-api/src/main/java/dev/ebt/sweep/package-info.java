/**
 * Sweeps: trainings of one configuration with several values of some settings, in a folder that can
 * be continued after a kill, and the comparison of their results over seeds. Principal types in
 * reading order: {@link dev.ebt.sweep.SweepGrid}, {@link dev.ebt.sweep.SweepPlan}, {@link
 * dev.ebt.sweep.SweepFolder}, {@link dev.ebt.sweep.SweepJob}, {@link dev.ebt.sweep.SweepResults}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.sweep;
