package dev.ebt.vision.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.video.VideoSettings.Initial;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollOutTest {
  private static final int STEPS = 4;

  private final Predictor predictor = mock(Predictor.class);

  private Number evaluations(int frames) {
    NextFrameModality modality =
        new NextFrameModality(
            new VideoSettings(2, 1, 4, null, Initial.ZEROS, null), PixelSpace::new);
    when(predictor.candidate()).thenReturn(Array.filled(Shape.of(1, 3, 4), 0));
    when(predictor.evaluations(STEPS)).thenReturn(STEPS);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      RunParts parts = mock(RunParts.class);
      when(parts.modality()).thenReturn(modality);
      when(parts.predictor(1)).thenReturn(predictor);
      when(parts.predictors()).thenReturn(rows -> predictor);
      when(parts.backend()).thenReturn(backend);
      try (RollOut rollOut = new RollOut(parts)) {
        rollOut.predict(List.of(new float[4]), frames, STEPS, 1);
        rollOut.predict(List.of(new float[4]), frames, STEPS, 1);
        return rollOut.evaluations(STEPS);
      }
    }
  }

  @Test
  void evaluationsAreThoseOfTheStepsWhereNoneAreSaved() {
    when(predictor.evaluationsUsed()).thenReturn(Optional.empty());
    assertThat(evaluations(2)).isEqualTo(STEPS);
  }

  /** Of each window only the position of the predicted frame counts: the first, then the second. */
  @Test
  void evaluationsAreTheMeanOfThoseThatTheFramesTook() {
    Array used = Array.of(Shape.of(1, 3), new double[] {1, 2, 4});
    when(predictor.evaluationsUsed()).thenReturn(Optional.of(used));
    assertThat(evaluations(1)).isEqualTo(1.0);
    assertThat(evaluations(2)).isEqualTo(1.5);
  }
}
