package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.step.Thinking;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The energies of given targets as candidates, without thinking: one evaluation of the network, in
 * the last landscape, that of the final energies of thinking.
 */
public final class TargetEnergies implements AutoCloseable {
  private static final String ENERGY = "energy";

  private final String target;
  private final Executable program;

  /**
   * Compiles the program.
   *
   * @param thinking the thinking whose landscapes the model has
   * @param rows number of rows to evaluate together
   */
  public TargetEnergies(
      Backend backend, Modality modality, EnergyModel model, Thinking thinking, int rows) {
    FeatureSpec wanted = modality.target();
    this.target = wanted.name();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    modality.context().forEach(feature -> inputs.put(feature.name(), feature.input(rows)));
    EnergyFunction function = new EnergyFunction(modality, model, new Parameters());
    Tensor landscape = Tensor.constant(Array.scalar(thinking.landscapes() - 1L));
    NamedTensors observed = function.observe(NamedTensors.of(inputs), landscape);
    Tensor candidate = modality.targetCandidate(wanted.input(rows));
    this.program =
        backend.compile(
            Program.named("targetEnergies")
                .output(ENERGY, function.energy(observed, candidate, landscape))
                .build());
  }

  /**
   * Returns the energies of targets.
   *
   * @param context the features by name, each [rows, ...]
   * @param targets [rows, target...]
   * @return one energy per prediction, [rows, predictions...]
   */
  public Array of(Map<String, Array> context, Array targets) {
    Map<String, Array> inputs = new HashMap<>(context);
    inputs.put(target, targets);
    return program.run(inputs).get(ENERGY);
  }

  /** Frees the program. */
  @Override
  public void close() {
    program.close();
  }
}
