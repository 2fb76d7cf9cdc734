package dev.ebt.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.model.BidirectionalEnergy;
import dev.ebt.model.BidirectionalSettings;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.EnergyModelContract;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.TestArrays;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Images that a vector asks for: what every energy model has to keep, and how it conditions. */
class AskedByVectorTest extends EnergyModelContract {
  private static final int LENGTH = 3;
  private static final String WEIGHT = "text_embeddings_projector.weight";
  private static final String BIAS = "text_embeddings_projector.bias";

  private final ImageGeneration modality =
      new ImageGeneration(new GenerationSettings(4, 1, 2, 0, LENGTH, null));

  @Override
  protected Modality modality() {
    return modality;
  }

  @Override
  protected EnergyModel model() {
    return new BidirectionalEnergy(new BidirectionalSettings(null, 1, 1, 4, 1.0));
  }

  @Override
  protected Examples examples() {
    List<Image> images =
        IntStream.range(0, 3)
            .mapToObj(i -> new Image(new byte[16], 0).with(TestArrays.mixed(i, LENGTH)))
            .toList();
    return modality.rows(ImageSource.of(images, List.of()), 1, 1);
  }

  @Test
  void vectorIsMappedAlikeForBothKindsOfModels() {
    Array vectors = Array.of(Shape.of(2, LENGTH), 1.0, 2, 3, 0, 0, -1);
    NamedTensors asked = NamedTensors.of(ImageGeneration.VECTOR, Tensor.constant(vectors));
    Parameters parameters = new Parameters();
    Tensor context = modality.embedContext(asked, 2, parameters);
    Tensor condition = modality.condition(asked, 2, parameters);
    assertThat(parameters.specs()).extracting(ParameterSpec::name).containsExactly(WEIGHT, BIAS);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      assign(backend, parameters, WEIGHT, 1, 0, 0, 10, 20, 30);
      assign(backend, parameters, BIAS, 0.5, 0.25);
      Program program =
          Program.named("test").output("context", context).output("condition", condition).build();
      for (Array mapped : backend.compile(program).run(Map.of()).values()) {
        assertThat(mapped.doubles()).containsExactly(1.5, 140.25, 0.5, -29.75);
      }
    }
    for (ParameterSpec spec : parameters.specs()) {
      float[] first = spec.initializer().values(Shape.of(1000, LENGTH), new SplittableRandom(1));
      double bound = 1 / Math.sqrt(LENGTH);
      double largest =
          IntStream.range(0, first.length).mapToDouble(i -> Math.abs(first[i])).max().orElseThrow();
      assertThat(largest).isBetween(0.99 * bound, bound + 1e-6);
    }
  }

  /** Of |∂E/∂y|², as learning needs them: for the vector, for W and for b. */
  @Test
  void derivativesThroughAThinkingStepAreThoseOfItsValues() {
    Parameters parameters = new Parameters();
    EnergyFunction function = new EnergyFunction(modality, model(), parameters);
    Tensor vector = Tensor.input("vector", Shape.of(2, LENGTH), ElementType.REAL);
    Tensor candidate = Tensor.input("candidate", Shape.of(2, 1, 4, 4), ElementType.REAL);
    Tensor landscape = Tensor.constant(Array.scalar(0L));
    NamedTensors observed =
        function.observe(NamedTensors.of(ImageGeneration.VECTOR, vector), landscape);
    Tensor slope = Gradients.of(function.energy(observed, candidate, landscape), candidate);
    Tensor steepness = slope.square().reshape(32).sum(0);
    Map<String, Tensor> at =
        Map.of(
            "vector",
            vector,
            WEIGHT,
            parameters.tensors().get(WEIGHT),
            BIAS,
            parameters.tensors().get(BIAS));
    Program.Builder program = Program.named("test").output("steepness", steepness);
    at.forEach((name, x) -> program.output(name, Gradients.of(steepness, x)));
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program.build())) {
      Map<String, Array> values = new HashMap<>();
      for (ParameterSpec spec : parameters.specs()) {
        values.put(spec.name(), TestArrays.mixed(spec.name().length(), spec.shape().toIntArray()));
        backend.assign(spec.variable(), values.get(spec.name()));
      }
      values.put("vector", TestArrays.mixed(1, 2, LENGTH));
      Map<String, Array> inputs = new HashMap<>();
      inputs.put("vector", values.get("vector"));
      inputs.put("candidate", TestArrays.mixed(2, 2, 1, 4, 4));
      Map<String, Array> found = executable.run(inputs);
      at.keySet()
          .forEach(
              name -> {
                Array here = values.get(name);
                double[] expected =
                    FiniteDifferences.gradient(
                        moved -> {
                          Array there = Array.of(here.shape(), moved);
                          if (name.equals("vector")) {
                            inputs.put(name, there);
                          } else {
                            assign(backend, parameters, name, moved);
                          }
                          return executable.run(inputs).get("steepness").item();
                        },
                        here.doubles());
                inputs.put("vector", values.get("vector"));
                if (!name.equals("vector")) {
                  assign(backend, parameters, name, here.doubles());
                }
                assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow())
                    .isGreaterThan(1e-3);
                assertThat(found.get(name).doubles())
                    .as(name)
                    .containsExactly(expected, within(1e-6));
              });
    }
  }

  private static void assign(
      ReferenceBackend backend, Parameters parameters, String name, double... values) {
    ParameterSpec spec =
        parameters.specs().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    backend.assign(spec.variable(), Array.of(spec.shape(), values));
  }
}
