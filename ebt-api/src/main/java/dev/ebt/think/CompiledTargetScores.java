package dev.ebt.think;

import static dev.ebt.tensor.Functions.sqrt;
import static dev.ebt.tensor.Functions.stopGradient;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.TargetScores;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The energy of given targets and the Euclidean norm of its gradient, in the last landscape. A
 * model that was also trained without its condition scores them without it.
 */
public final class CompiledTargetScores implements TargetScores {
  private final String target;
  private final Executable program;

  /**
   * Compiles the program for a number of rows.
   *
   * @throws UserException if targets of the modality are no candidates with continuous values
   */
  public CompiledTargetScores(
      Backend backend, Modality modality, EnergyModel model, ThinkingMethod thinking, int rows) {
    Tensor given = modality.target().input(rows);
    if (given.type() != ElementType.REAL
        || !modality.target().shape().equals(modality.candidate())
        || modality.toModelInput(given) != given) {
      throw new UserException(
          "targets of this modality are discrete, so that their energies have no gradient; images or"
              + " other continuous targets expected");
    }
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(rows)));
    NamedTensors context = NamedTensors.of(features);
    EnergyFunction energy = new EnergyFunction(modality, model, new Parameters(), thinking.terms());
    Tensor landscape = Tensor.constant(Array.scalar(thinking.terms().landscapes() - 1L));
    NamedTensors observed =
        energy.observe(modality.withoutCondition(context).orElse(context), landscape);
    Tensor at = stopGradient(given);
    Tensor energies = energy.energy(observed, at, landscape);
    int[] elements =
        IntStream.range(1 + modality.predictions().rank(), at.shape().rank()).toArray();
    this.target = modality.target().name();
    this.program =
        backend.compile(
            Program.named("targetScores")
                .output(ENERGY, energies)
                .output(GRADIENT_NORM, sqrt(Gradients.of(energies, at).square().sum(elements)))
                .build());
  }

  @Override
  public Map<String, Array> of(Batch batch) {
    Map<String, Array> inputs = new HashMap<>(batch.context());
    inputs.put(target, batch.target());
    return program.run(inputs);
  }

  @Override
  public void close() {
    program.close();
  }
}
