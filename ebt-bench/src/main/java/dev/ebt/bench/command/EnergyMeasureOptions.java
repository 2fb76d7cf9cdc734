package dev.ebt.bench.command;

import dev.ebt.bench.report.ClassificationReport;
import dev.ebt.bench.report.CurvatureReport;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.BasinShape;
import dev.ebt.run.ClassificationByEnergy;
import dev.ebt.run.EndPointCurvature;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.TrainedModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of an evaluation for properties of the energy instead of losses. */
final class EnergyMeasureOptions {
  /** The examples of a curvature, where --limit does not say. */
  private static final int ROWS = 64;

  @Option(
      names = "--curvature",
      description = {
        "Prints the smallest and the largest eigenvalue of the energy's Hessian where thinking",
        "ends, instead of losses: is that a minimum? And, for one landscape, the shape of the",
        "energy around it. For 64 examples, or --limit."
      })
  private boolean curvature;

  @Option(
      names = "--classify",
      description = "Prints how well the energies tell the class of the data, instead of losses.")
  private boolean classify;

  /**
   * What was measured.
   *
   * @param step the training step of the checkpoint
   * @param name the key for JSON
   * @param document the value for JSON
   * @param print prints it
   */
  record Measured(long step, String name, Object document, Consumer<PrintStream> print) {}

  /** Returns whether anything is to be measured. */
  boolean given() {
    return curvature || classify;
  }

  /**
   * Measures one run.
   *
   * @param others options that were given and ask for something else, such as --ood
   * @throws UserException if more than one property of one run is asked for
   */
  Measured measure(Catalog catalog, EvaluationRequest request, List<String> others) {
    check(request, others);
    try (TrainedModel model = request.open(catalog, request.models().get(0))) {
      long step = model.progress().step();
      return curvature ? curvature(model, request, step) : classified(model, request, step);
    }
  }

  private void check(EvaluationRequest request, List<String> others) {
    if (curvature && classify) {
      throw new UserException("--curvature and --classify exclude each other; use one of them");
    }
    String option = curvature ? "--curvature" : "--classify";
    if (request.runs().size() > 1) {
      throw new UserException(
          option + " is for one run, and " + request.runs().size() + " are given; use one of them");
    }
    List<String> all = new ArrayList<>(others);
    request.variations().stream().findFirst().ifPresent(each -> all.add("--" + each.setting()));
    if (!request.candidates().equals(List.of(1))) {
      all.add("--candidates");
    }
    if (!all.isEmpty()) {
      throw new UserException(
          option
              + " measures the energy of one run on one set of data, not together with "
              + String.join(" and ", all)
              + "; leave that out");
    }
  }

  private static Measured curvature(TrainedModel model, EvaluationRequest request, long step) {
    EvaluationRequest limited =
        request.limit() == Integer.MAX_VALUE ? request.withLimit(ROWS) : request;
    CurvatureReport report =
        new CurvatureReport(
            EndPointCurvature.of(model.parts(), limited),
            BasinShape.isDefined(model.parts())
                ? BasinShape.of(model.parts(), limited)
                : List.of());
    return new Measured(step, "curvature", report.lines(), report::print);
  }

  private static Measured classified(TrainedModel model, EvaluationRequest request, long step) {
    if (request.steps() != null) {
      throw new UserException(
          "--classify compares energies of given data, without thinking, so that --steps has no"
              + " effect; leave it out");
    }
    ClassificationReport report =
        new ClassificationReport(
            ClassificationByEnergy.of(model.parts(), request.rowsTogether(), request.limit()));
    return new Measured(step, "classification", report.document(), report::print);
  }
}
