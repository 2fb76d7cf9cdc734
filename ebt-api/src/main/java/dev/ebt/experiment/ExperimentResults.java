package dev.ebt.experiment;

import dev.ebt.plugin.Catalog;
import dev.ebt.run.EndPointCurvature;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.TrainedModel;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The results that an experiment judges.
 *
 * @param catalog the parts of the plugins
 * @param scale the size of the runs
 * @param compared all runs, with the metric of their last validation
 */
public record ExperimentResults(Catalog catalog, Scale scale, SweepResults compared) {
  /** Returns whether every run is finished. */
  public boolean complete() {
    return compared.runs().stream().allMatch(run -> run.state().isFinished());
  }

  /** Returns the finished runs with a value, by their seeds. */
  public Map<String, RunResult> bySeed(String name, String value) {
    Map<String, RunResult> runs = new LinkedHashMap<>();
    for (RunResult run : compared.runs()) {
      if (run.state().isFinished() && value.equals(run.values().get(name))) {
        runs.put(run.values().getOrDefault(SweepGrid.SEED, ""), run);
      }
    }
    return runs;
  }

  /** Evaluates the trained model of a run on its validation data. */
  public ModelEvaluation evaluate(RunResult run, UnaryOperator<EvaluationRequest> request) {
    try (EvaluationJob job =
        EvaluationJob.begin(catalog, request.apply(EvaluationRequest.of(run.path())))) {
      return job.run().get(0).evaluation();
    }
  }

  /** Computes the curvature of the energy where thinking of a run's trained model ends. */
  public List<EndPointCurvature> curvature(
      RunResult run, UnaryOperator<EvaluationRequest> request) {
    EvaluationRequest wanted = request.apply(EvaluationRequest.of(run.path()));
    try (TrainedModel model = wanted.open(catalog, wanted.models().get(0))) {
      return EndPointCurvature.of(model.parts(), wanted);
    }
  }
}
