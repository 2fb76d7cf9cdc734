package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationTest {
  /** Two rows of one prediction each. */
  private record Two() implements Examples {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public Batch batch(int... rows) {
      Array values = Array.filled(Shape.of(rows.length, 1), 0);
      return new Batch(
          Map.of(PointModality.CENTRE, values), values, Array.filled(Shape.of(rows.length), 1));
    }
  }

  /** Ranks two answers with losses 3 and 2 by a model without an energy. */
  private static Verification ranked(Map<String, String> units) {
    PointModality modality = spy(new PointModality(Shape.scalar(), 1));
    when(modality.units()).thenReturn(units);
    Predictor predictor = mock(Predictor.class);
    when(predictor.assess(any(), any()))
        .thenReturn(Map.of("loss", Array.of(Shape.of(2), 3.0, 2.0)));
    RunParts model = mock(RunParts.class, RETURNS_DEEP_STUBS);
    when(model.modality()).thenReturn(modality);
    when(model.predictor(2)).thenReturn(predictor);
    List<GivenAnswers.Answer> answers =
        List.of(new GivenAnswers.Answer("a", 1, 1), new GivenAnswers.Answer("b", 1, 1));
    return Verification.of(
        model, new GivenAnswers(new Two(), answers, "point", "point"), Verification.Order.TOTAL, 9);
  }

  @Test
  void lossesInNatsAreLogLikelihoods() {
    Verification found = ranked(Map.of("loss", "nats"));
    assertThat(found.measure().label()).isEqualTo("logLikelihood");
    assertThat(found.answers()).extracting(Verification.Ranked::number).containsExactly(2, 1);
    assertThat(found.answers().get(0).total()).isEqualTo(-2);
  }

  @Test
  void otherLossesAreNone() {
    Verification found = ranked(Map.of());
    assertThat(found.measure().label()).isEqualTo("loss");
    assertThat(found.answers()).extracting(Verification.Ranked::number).containsExactly(2, 1);
    assertThat(found.answers().get(0).total()).isEqualTo(2);
  }
}
