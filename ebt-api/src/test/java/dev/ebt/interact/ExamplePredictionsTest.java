package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.Batch;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.PointModality;
import dev.ebt.testing.QuadraticEnergy;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExamplePredictionsTest {
  @Test
  void noStepIsShownAfterThinkingHasEnded() {
    ThinkingMethod thinking =
        new ThinkingMethod(1, 0.5, false, null, null, null).stoppedBy(new EvaluationBudget(2));
    PointModality modality = new PointModality(Shape.scalar(), 1);
    Parameters parameters = new Parameters();
    ThinkingStep.stepSize(thinking, parameters);
    parameters.weight("curvature", Shape.scalar(), Initializer.constant(1));
    Array zero = Array.filled(Shape.of(1, 1), 0);
    Batch batch = new Batch(Map.of(PointModality.CENTRE, zero), zero, Array.filled(Shape.of(1), 1));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      TrainingStepper.initialize(backend, parameters.specs(), 0);
      try (Thinker thinker =
          new Thinker(backend, modality, new QuadraticEnergy(1, 1), thinking, List.of(), 1)) {
        assertThat(ExamplePredictions.predict(thinker, modality, batch, 9, 0, 1))
            .singleElement()
            .satisfies(prediction -> assertThat(prediction.energies()).hasSize(3));
      }
    }
  }
}
