package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.modality.MetricSet;
import dev.ebt.predict.FixedElements;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.StepResult;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A predictor that also assesses candidates by the metrics that a configuration names, whatever
 * model predicts them.
 */
public final class PredictorWithMetrics implements Predictor {
  private final Predictor predictor;
  private final Executable metrics;

  private PredictorWithMetrics(Predictor predictor, Executable metrics) {
    this.predictor = predictor;
    this.metrics = metrics;
  }

  /**
   * Returns a predictor with further metrics; the same one if there are none.
   *
   * @param predictor predicts all positions of each row; closed with the returned one, or if it
   *     cannot be assessed
   * @throws dev.ebt.error.UserException if a metric is not for such candidates
   */
  public static Predictor of(Backend backend, Predictor predictor, MetricSet metrics) {
    if (metrics.further().isEmpty()) {
      return predictor;
    }
    try {
      Variable candidates = predictor.candidates();
      Tensor target = metrics.modality().target().input(candidates.shape().size(0));
      Program.Builder program = Program.named("metrics");
      Map<String, Tensor> values = metrics.furtherValues(candidates.read(), target);
      values.forEach(program::output);
      return values.isEmpty()
          ? predictor
          : new PredictorWithMetrics(predictor, backend.compile(program.build()));
    } catch (RuntimeException e) {
      predictor.close();
      throw e;
    }
  }

  @Override
  public Map<String, Array> assess(String targetName, Array target) {
    Map<String, Array> values = new LinkedHashMap<>(predictor.assess(targetName, target));
    values.putAll(metrics.run(Map.of(targetName, target)));
    return values;
  }

  @Override
  public boolean thinks() {
    return predictor.thinks();
  }

  @Override
  public boolean candidatesDiffer() {
    return predictor.candidatesDiffer();
  }

  @Override
  public void check(int steps) {
    predictor.check(steps);
  }

  @Override
  public int evaluations(int steps) {
    return predictor.evaluations(steps);
  }

  @Override
  public void observe(Map<String, Array> features) {
    predictor.observe(features);
  }

  @Override
  public void forget() {
    predictor.forget();
  }

  @Override
  public void focus(Array positions) {
    predictor.focus(positions);
  }

  @Override
  public void hold(FixedElements elements) {
    predictor.hold(elements);
  }

  @Override
  public void begin(long withSeed) {
    predictor.begin(withSeed);
  }

  @Override
  public void beginEach(Array seeds) {
    predictor.beginEach(seeds);
  }

  @Override
  public ThinkingTrace think(Array seeds, int steps, double tolerance, boolean finalEnergy) {
    return predictor.think(seeds, steps, tolerance, finalEnergy);
  }

  @Override
  public void takeObservations(Predictor from, int[] sources, int[] targets) {
    Predictor wrapped = from instanceof PredictorWithMetrics other ? other.predictor : from;
    predictor.takeObservations(wrapped, sources, targets);
  }

  @Override
  public boolean takePredictions(Predictor from, int[] sources, int[] targets) {
    Predictor wrapped = from instanceof PredictorWithMetrics other ? other.predictor : from;
    return predictor.takePredictions(wrapped, sources, targets);
  }

  @Override
  public boolean stopsEarly() {
    return predictor.stopsEarly();
  }

  @Override
  public void endThinking(int steps) {
    predictor.endThinking(steps);
  }

  @Override
  public StepResult step(double stepSizeScale, double tolerance) {
    return predictor.step(stepSizeScale, tolerance);
  }

  @Override
  public void reach(int steps, double tolerance) {
    predictor.reach(steps, tolerance);
  }

  @Override
  public Array energy() {
    return predictor.energy();
  }

  @Override
  public boolean selectsByEnergy() {
    return predictor.selectsByEnergy();
  }

  @Override
  public Array selectionScores() {
    return predictor.selectionScores();
  }

  @Override
  public Optional<Array> evaluationsUsed() {
    return predictor.evaluationsUsed();
  }

  @Override
  public Array candidate() {
    return predictor.candidate();
  }

  @Override
  public Variable candidates() {
    return predictor.candidates();
  }

  @Override
  public void close() {
    metrics.close();
    predictor.close();
  }
}
