package dev.ebt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.IncrementalPredictionModel;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.PointModality;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectFamilyTest {
  private static final int LENGTH = 4;

  /** Predicts each element again. */
  private record Repetition() implements IncrementalPredictionModel {
    @Override
    public String description() {
      return "repetition";
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public Tensor predict(Tensor context, Parameters parameters) {
      return context;
    }

    @Override
    public NamedTensors emptyCache(int rows, int capacity, Parameters parameters) {
      return NamedTensors.of("elements", Tensor.zeros(Shape.of(rows, capacity, 1)));
    }

    @Override
    public Extended append(
        NamedTensors cache, Tensor elements, Tensor starts, Parameters parameters) {
      return new Extended(cache, elements);
    }
  }

  private static Modality sequence() {
    Modality sequence = spy(new PointModality(Shape.of(LENGTH), 1));
    doReturn(true).when(sequence).embedsElementwise();
    doAnswer(call -> call.getArgument(0)).when(sequence).decode(any(), any());
    return sequence;
  }

  private static boolean isCached(Modality modality) {
    ConfiguredModel setup = mock(ConfiguredModel.class);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      when(setup.backend()).thenReturn(backend);
      when(setup.modality()).thenReturn(modality);
      when(setup.model()).thenReturn(new Repetition());
      Optional<Predictor> cached = new DirectFamily().predictors(setup).cached(1, 1, LENGTH);
      cached.ifPresent(Predictor::close);
      return cached.isPresent();
    }
  }

  /** A cache has only the predicted position, and not the elements that the context gives of it. */
  @Test
  void aModelIsCachedUnlessContextsGiveElementsOfCandidates() {
    Modality holding = sequence();
    Tensor zeros = Tensor.zeros(Shape.of(1, LENGTH, 1));
    doReturn(
            Optional.of(
                new HeldElements(zeros.greaterOrEqual(Tensor.constant(Array.scalar(1.0))), zeros)))
        .when(holding)
        .held(any());

    assertThat(isCached(sequence())).isTrue();
    assertThat(isCached(holding)).isFalse();
  }
}
