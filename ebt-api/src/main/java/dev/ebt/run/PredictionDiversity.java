package dev.ebt.run;

import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.predict.Predictor;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The diversity of predictions: their variance over the rows of the first validation batch, as
 * model inputs and summed over elements, relative to that of the targets. It is near 0 where all
 * contexts lead to the same prediction.
 */
final class PredictionDiversity {
  private static final String CANDIDATE = "candidate";
  private static final String PREDICTED = "predicted";
  private static final String WANTED = "wanted";

  private PredictionDiversity() {}

  /** Thinks about the rows; empty if there is one, or targets are no candidates. */
  static OptionalDouble of(RunParts parts) {
    Examples rows = parts.dataset().validation();
    int count = Math.min(parts.configuration().training().batch(), rows.size());
    Modality modality = parts.modality();
    FeatureSpec target = modality.target();
    Tensor candidate =
        new FeatureSpec(CANDIDATE, modality.candidate(), ElementType.REAL).input(count);
    Tensor predicted = modality.toModelInput(candidate);
    Tensor wanted = modality.targetCandidate(target.input(count));
    if (count < 2
        || wanted.type() != ElementType.REAL
        || !wanted.shape().equals(predicted.shape())) {
      return OptionalDouble.empty();
    }
    Batch batch = rows.batch(IntStream.range(0, count).toArray());
    Program program =
        Program.named("diversity")
            .output(PREDICTED, variance(predicted))
            .output(WANTED, variance(wanted))
            .build();
    try (Predictor predictor = parts.predictor(count);
        Executable executable = parts.backend().compile(program)) {
      predictor.observe(batch.context());
      predictor.begin(parts.configuration().seed());
      predictor.reach(parts.steps().validated().get(parts.steps().validated().size() - 1), 0);
      Map<String, Array> found =
          executable.run(Map.of(CANDIDATE, predictor.candidate(), target.name(), batch.target()));
      double of = Required.of(found, WANTED).item();
      return of > 0
          ? OptionalDouble.of(Required.of(found, PREDICTED).item() / of)
          : OptionalDouble.empty();
    }
  }

  /** Returns the variance over rows, summed over all axes. */
  private static Tensor variance(Tensor values) {
    return values.minus(values.meanKeeping(0)).square().sum();
  }
}
