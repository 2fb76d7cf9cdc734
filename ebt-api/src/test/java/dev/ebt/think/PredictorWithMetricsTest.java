package dev.ebt.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.modality.Metric;
import dev.ebt.modality.MetricSet;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.PointModality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictorWithMetricsTest {
  private record FirstCoordinate() implements Metric {
    @Override
    public Map<String, Tensor> values(Inputs inputs) {
      return Map.of("first", inputs.candidate().slice(-1, 0, 1).sum(-1));
    }
  }

  private static Predictor withMetric(Predictor predictor) {
    when(predictor.candidates()).thenReturn(Variable.real("candidates", Shape.of(1, 2, 1)));
    Backend backend = mock(Backend.class);
    when(backend.compile(any())).thenReturn(mock(Executable.class));
    PointModality modality = new PointModality(Shape.of(2), 1);
    return PredictorWithMetrics.of(
        backend, predictor, new MetricSet(modality, List.of(new FirstCoordinate())));
  }

  @Test
  void selectsAndCountsAsThePredictorDoes() {
    Array scores = Array.of(Shape.of(1, 2), new double[] {1, 2});
    Array used = Array.of(Shape.of(1, 2), new double[] {3, 4});
    Predictor predictor = mock(Predictor.class);
    when(predictor.selectsByEnergy()).thenReturn(false);
    when(predictor.selectionScores()).thenReturn(scores);
    when(predictor.evaluationsUsed()).thenReturn(Optional.of(used));

    Predictor assessed = withMetric(predictor);

    assertThat(assessed).isInstanceOf(PredictorWithMetrics.class);
    assertThat(assessed.selectsByEnergy()).isFalse();
    assertThat(assessed.selectionScores()).isSameAs(scores);
    assertThat(assessed.evaluationsUsed()).containsSame(used);
  }
}
