package dev.ebt.run;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.error.Required;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The space in which candidates of a modality differ: their model inputs, as those of logits are
 * the same after a shift, and the directions that leave elements alone that a context gives.
 */
final class CandidateSpace implements AutoCloseable {
  private static final String CANDIDATE = "spaceCandidate";
  private static final String RESULT = "result";

  private final Executable modelInputs;
  private final Executable free;

  /** Compiles the programs for a number of rows. */
  CandidateSpace(Backend backend, Modality modality, int rows) {
    Tensor candidate =
        new FeatureSpec(CANDIDATE, modality.candidate(), ElementType.REAL).input(rows);
    Map<String, Tensor> context = new LinkedHashMap<>();
    modality.context().forEach(feature -> context.put(feature.name(), feature.input(rows)));
    Tensor directions =
        modality
            .held(NamedTensors.of(context))
            .map(held -> held.free(candidate))
            .orElseGet(() -> candidate.times(1));
    this.modelInputs =
        backend.compile(
            Program.named("space.modelInputs")
                .output(RESULT, modality.toModelInput(candidate).times(1))
                .build());
    this.free = backend.compile(Program.named("space.free").output(RESULT, directions).build());
  }

  /** Returns the model inputs of candidates, [rows, candidate...]. */
  double[] modelInputs(Array candidates) {
    return result(modelInputs, Map.of(CANDIDATE, candidates));
  }

  /** Returns directions that are 0 at elements that the context gives, [rows, candidate...]. */
  double[] free(Map<String, Array> context, Array directions) {
    Map<String, Array> inputs = new HashMap<>(context);
    inputs.put(CANDIDATE, directions);
    return result(free, inputs);
  }

  private static double[] result(Executable program, Map<String, Array> inputs) {
    return Required.of(program.run(inputs), RESULT).doubles();
  }

  @Override
  public void close() {
    modelInputs.close();
    free.close();
  }
}
