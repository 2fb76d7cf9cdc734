package dev.ebt.bench.command;

import dev.ebt.bench.report.CurvatureReport;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.EndPointCurvature;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.TrainedModel;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of an evaluation for the curvature where thinking ends, instead of losses. */
final class CurvatureOption {
  /** The examples, where --limit does not say. */
  private static final int ROWS = 64;

  @Option(
      names = "--curvature",
      description = {
        "Prints the smallest and the largest eigenvalue of the energy's Hessian where thinking",
        "ends, instead of losses: is that a minimum? For 64 examples, or --limit."
      })
  private boolean curvature;

  /** Returns whether it is to be computed. */
  boolean given() {
    return curvature;
  }

  /**
   * Computes the curvature for one run.
   *
   * @param others whether something else is asked for, too
   * @throws UserException if more than the curvature of one run is asked for
   */
  CurvatureReport report(Catalog catalog, EvaluationRequest request, boolean others) {
    if (others || request.isComparison() || !request.candidates().equals(List.of(1))) {
      throw new UserException(
          "--curvature is for one run and one candidate, without --ood and --task; leave out the"
              + " others");
    }
    EvaluationRequest limited =
        request.limit() == Integer.MAX_VALUE ? request.withLimit(ROWS) : request;
    try (TrainedModel model = limited.open(catalog, limited.models().get(0))) {
      return new CurvatureReport(
          model.progress().step(), EndPointCurvature.of(model.parts(), limited));
    }
  }
}
