package dev.ebt.experiment;

import dev.ebt.plugin.Catalog;
import dev.ebt.run.BasinShape;
import dev.ebt.run.EndPointCurvature;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.sweep.RunResult;
import dev.ebt.sweep.SweepGrid;
import dev.ebt.sweep.SweepResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The results that an experiment judges.
 *
 * @param catalog the parts of the plugins
 * @param scale the size of the runs
 * @param compared the runs, with the metric of their last validation
 * @param further those that depended on their results; empty if there are none, or they have not
 *     begun
 */
public record ExperimentResults(
    Catalog catalog, Scale scale, SweepResults compared, Optional<SweepResults> further) {
  /** Creates results without further runs. */
  public ExperimentResults(Catalog catalog, Scale scale, SweepResults compared) {
    this(catalog, scale, compared, Optional.empty());
  }

  /** Returns the results with those of further runs. */
  public ExperimentResults with(SweepResults others) {
    return new ExperimentResults(catalog, scale, compared, Optional.of(others));
  }

  /** Returns whether every run is finished, without the further ones. */
  public boolean complete() {
    return compared.runs().stream().allMatch(run -> run.state().isFinished());
  }

  /** Returns whether a run can be continued, so that the results are not the last ones. */
  public boolean isUnfinished() {
    return Stream.concat(Stream.of(compared), further.stream())
        .anyMatch(each -> !each.in(RunResult.State.UNFINISHED).isEmpty());
  }

  /** Returns the finished runs with a value, by their seeds, without the further ones. */
  public Map<String, RunResult> bySeed(String name, String value) {
    Map<String, RunResult> runs = new LinkedHashMap<>();
    for (RunResult run : compared.runs()) {
      if (run.state().isFinished() && value.equals(run.values().get(name))) {
        runs.put(run.values().getOrDefault(SweepGrid.SEED, ""), run);
      }
    }
    return runs;
  }

  /**
   * Returns the size of a run's model and the work of its training, counted from its configuration.
   */
  public TrainingWork work(RunResult run) {
    return TrainingWork.of(catalog, run.path());
  }

  /**
   * Returns the seconds that the trainings of a run took on the clock of the wall, compilation and
   * validation included; 0 if nothing is recorded. What else ran on the machine is in them.
   */
  public double seconds(RunResult run) {
    return TrainingTime.seconds(run.path());
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
    return measured(run, request, EndPointCurvature::of);
  }

  /** Computes the shape of the energy around where thinking of a run's trained model ends. */
  public List<BasinShape> basin(RunResult run, UnaryOperator<EvaluationRequest> request) {
    return measured(run, request, BasinShape::of);
  }

  private <T> T measured(
      RunResult run,
      UnaryOperator<EvaluationRequest> request,
      BiFunction<RunParts, EvaluationRequest, T> measure) {
    EvaluationRequest wanted = request.apply(EvaluationRequest.of(run.path()));
    try (TrainedModel model = wanted.open(catalog, wanted.models().get(0))) {
      return measure.apply(model.parts(), wanted);
    }
  }
}
