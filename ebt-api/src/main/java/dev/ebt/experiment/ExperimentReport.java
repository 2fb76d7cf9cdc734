package dev.ebt.experiment;

import dev.ebt.sweep.SweepResults;
import java.util.Optional;

/**
 * An experiment that has run.
 *
 * @param experiment what was asked
 * @param scale the size of its runs
 * @param results of the runs
 * @param further results of the runs that depended on them, if there are any
 * @param finding what they say
 * @param version the version and commit that ran it
 * @param seconds the time that the trainings took, on the clock of the wall
 */
public record ExperimentReport(
    Experiment experiment,
    Scale scale,
    SweepResults results,
    Optional<SweepResults> further,
    Finding finding,
    String version,
    double seconds) {}
