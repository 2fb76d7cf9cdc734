package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.Required;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.Interruption;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The energies of given targets as candidates of an energy model: one evaluation of the network, in
 * the last landscape, that of the final energies of thinking.
 */
public final class CompiledTargetEnergies implements TargetEnergies {
  private static final String ENERGY = "energy";

  private final String target;
  private final Executable program;

  private CompiledTargetEnergies(String target, Executable program) {
    this.target = target;
    this.program = program;
  }

  /**
   * Compiles the program; the caller closes it. Elements that the context gives replace those of
   * the target, as in thinking. Empty if the modality's {@link Modality#targetCandidate target
   * candidates} are no model inputs, because the shape or the element type differs.
   *
   * @param thinking the thinking whose landscapes the model has
   * @param rows number of rows to evaluate together
   */
  public static Optional<TargetEnergies> of(
      Backend backend, Modality modality, EnergyModel model, ThinkingMethod thinking, int rows) {
    FeatureSpec target = modality.target();
    Tensor candidate = modality.targetCandidate(target.input(rows));
    Tensor modelInput =
        modality.toModelInput(
            new FeatureSpec("candidate", modality.candidate(), ElementType.REAL).input(rows));
    if (candidate.type() != modelInput.type() || !candidate.shape().equals(modelInput.shape())) {
      return Optional.empty();
    }
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    modality.context().forEach(feature -> inputs.put(feature.name(), feature.input(rows)));
    EnergyFunction function =
        new EnergyFunction(modality, model, new Parameters(), thinking.terms());
    Tensor landscape = Tensor.constant(Array.scalar(thinking.terms().landscapes() - 1L));
    NamedTensors observed = function.observe(NamedTensors.of(inputs), landscape);
    Tensor given =
        function
            .held(observed)
            .map(held -> new HeldElements(held.held(), modality.toModelInput(held.values())))
            .map(held -> held.in(candidate))
            .orElse(candidate);
    Program program =
        Program.named("targetEnergies")
            .output(ENERGY, function.energy(observed, given, landscape))
            .build();
    return Optional.of(new CompiledTargetEnergies(target.name(), backend.compile(program)));
  }

  @Override
  public Array of(Map<String, Array> context, Array targets) {
    Interruption.check();
    Map<String, Array> inputs = new HashMap<>(context);
    inputs.put(target, targets);
    return Required.of(program.run(inputs), ENERGY);
  }

  @Override
  public void close() {
    program.close();
  }
}
