package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Output;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleGridTest {
  private final Predictor predictor = mock(Predictor.class);

  private Object evaluations() {
    GenerationSettings settings = new GenerationSettings(4, 1, 4, 2, null, null);
    ImageGeneration modality = new ImageGeneration(settings);
    when(predictor.evaluations(4)).thenReturn(4);
    when(predictor.candidate())
        .thenReturn(Array.filled(Shape.of(1).plus(modality.candidate().toIntArray()), 0));
    RunParts parts = mock(RunParts.class);
    when(parts.modality()).thenReturn(modality);
    when(parts.predictor(1)).thenReturn(predictor);
    List<Output> outputs = new ArrayList<>();
    new SampleGrid(parts, CommonOptions.of(4), 1, outputs::add)
        .draw(
            List.of(
                new SampleConditions("zero", Map.of(), null),
                new SampleConditions("one", Map.of(), null)),
            false,
            Path.of("samples"));
    Output.Table table = (Output.Table) outputs.get(outputs.size() - 1);
    return table.rows().get(0).get("evaluations");
  }

  @Test
  void evaluationsOfAllConditionsCount() {
    when(predictor.evaluationsUsed()).thenReturn(used(1)).thenReturn(used(2));
    assertThat(evaluations()).isEqualTo(1.5);
  }

  @Test
  void evaluationsAreThoseOfTheStepsWhereNoneAreSaved() {
    when(predictor.evaluationsUsed()).thenReturn(Optional.empty());
    assertThat(evaluations()).isEqualTo(4);
  }

  private static Optional<Array> used(double evaluations) {
    return Optional.of(Array.of(Shape.of(1), new double[] {evaluations}));
  }
}
