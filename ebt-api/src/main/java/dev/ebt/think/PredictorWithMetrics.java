package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.modality.MetricSet;
import dev.ebt.predict.ForwardingPredictor;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A predictor that also assesses candidates by the metrics that a configuration names, whatever
 * model predicts them.
 */
public final class PredictorWithMetrics extends ForwardingPredictor {
  private final Executable metrics;

  private PredictorWithMetrics(Predictor predictor, Executable metrics) {
    super(predictor);
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
    Map<String, Array> values = new LinkedHashMap<>(delegate().assess(targetName, target));
    values.putAll(metrics.run(Map.of(targetName, target)));
    return values;
  }

  @Override
  public void close() {
    metrics.close();
    super.close();
  }
}
