package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests of a small training run: thinking inside, a second derivative, momentum, noise from keys.
 */
interface TrainingContract extends BackendUnderTest {
  @Test
  default void trainingTwiceGivesTheSameBits() {
    Map<String, Array> first = train(backend());
    try (Backend other = another()) {
      assertThat(train(other)).isEqualTo(first);
    }
  }

  @Test
  default void trainingAgreesWithTheReference() {
    Map<String, Array> found = train(backend());
    try (Backend reference = new dev.ebt.backend.reference.ReferenceBackend()) {
      train(reference).forEach((label, array) -> assertClose(label, found.get(label), array));
    }
  }

  /** Trains for twelve steps and returns the loss of each and the final parameters. */
  private static Map<String, Array> train(Backend backend) {
    PrimitiveCase energy = CompositeCase.energy();
    List<Variable> parameters = new ArrayList<>();
    for (int i = 1; i < energy.at().size(); i++) {
      Variable parameter = Variable.real("parameter." + i, energy.at().get(i).shape());
      parameters.add(parameter);
      backend.assign(parameter, energy.at().get(i));
      backend.assign(slot(parameter), Array.filled(parameter.shape(), 0));
    }
    Map<String, Array> results = new LinkedHashMap<>();
    try (Executable step = backend.compile(step(energy, parameters))) {
      for (long i = 0; i < 12; i++) {
        Array key = Array.of(Shape.of(2), 17L, i);
        results.put("loss." + i, step.run(Map.of("key", key)).get("loss"));
      }
    }
    parameters.forEach(p -> results.put(p.name(), backend.read(p)));
    return results;
  }

  private static Variable slot(Variable parameter) {
    return Variable.real(parameter.name() + ".momentum", parameter.shape());
  }

  /**
   * Returns one training step: one thinking step from noise, c₁ = c₀ − ∂E/∂c / 10, then an update
   * on the loss |c₁ − target|².
   */
  private static Program step(PrimitiveCase energy, List<Variable> parameters) {
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    Shape shape = energy.at().get(0).shape();
    Tensor candidate = Functions.randomNormal(key, 0, shape);
    List<Tensor> weights = parameters.stream().map(Variable::read).toList();
    List<Tensor> arguments = new ArrayList<>(weights);
    arguments.add(0, candidate);
    Tensor move = Gradients.of(energy.function().apply(arguments), candidate);
    Tensor target = Functions.randomUniform(key, 1, shape);
    Tensor loss = candidate.minus(move.times(0.1)).minus(target).square().mean();
    List<Tensor> gradients = Gradients.of(loss, weights);
    Program.Builder program = Program.named("step").output("loss", loss);
    for (int i = 0; i < parameters.size(); i++) {
      Variable slot = slot(parameters.get(i));
      Tensor momentum = slot.read().times(0.9).plus(gradients.get(i));
      program.update(slot, momentum);
      program.update(parameters.get(i), weights.get(i).minus(momentum.times(0.001)));
    }
    return program.build();
  }
}
