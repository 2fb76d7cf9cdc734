package dev.ebt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiffusionTransformerTest {
  private static final int SIZE = 6;

  private final BidirectionalSettings settings = new BidirectionalSettings(null, 2, 2, 8, 2.0);
  private final DiffusionTransformer model = new DiffusionTransformer(settings);

  @Test
  void tellsNothingAtFirst() {
    assertThat(run(false, null, 5, 900)).hasSize(2 * 4 * SIZE).containsOnly(0);
  }

  @Test
  void rowAloneIsToldTheSameAsAmongOthers() {
    double[] both = run(true, null, 5, 900);
    assertThat(run(true, null, 5))
        .containsExactly(Arrays.copyOf(both, both.length / 2), within(1e-12));
  }

  @Test
  void timeAndConditionMatter() {
    double[] plain = run(true, null, 5);
    assertThat(run(true, null, 6)).isNotEqualTo(plain);
    assertThat(run(true, Array.filled(Shape.of(1, 8), 0.1), 5)).isNotEqualTo(plain);
    assertThat(run(true, Array.filled(Shape.of(1, 8), 0), 5)).isEqualTo(plain);
  }

  /** Block for block the energy model of the same settings: a fair baseline. */
  @Test
  void blocksAreThoseOfTheEnergyModel() {
    Parameters own = new Parameters();
    model.denoise(Tensor.zeros(Shape.of(1, 4, 8)), times(5), null, SIZE, own);
    Parameters energy = new Parameters();
    BidirectionalEnergy other = new BidirectionalEnergy(settings);
    other.energy(
        other.observe(Tensor.filled(Shape.of(1, 8), 1), Tensor.constant(0), energy),
        Tensor.zeros(Shape.of(1, 4, 8)),
        Tensor.constant(0),
        energy);
    assertThat(blocks(own)).isEqualTo(blocks(energy)).hasSize(2 * 10);
    assertThat(own.tensors().keySet())
        .contains(
            "transformer.t_embedder.mlp.0.weight",
            "transformer.t_embedder.mlp.2.bias",
            "transformer.final_layer.adaLN_modulation.1.weight",
            "transformer.final_layer.linear.bias")
        .hasSize(2 * 10 + 4 + 4);
  }

  private static Map<String, Shape> blocks(Parameters parameters) {
    Map<String, Shape> shapes = new HashMap<>();
    for (ParameterSpec spec : parameters.specs()) {
      if (spec.name().startsWith("transformer.blocks.")) {
        shapes.put(spec.name(), spec.shape());
      }
    }
    return shapes;
  }

  private static Tensor times(long... times) {
    return Tensor.constant(Array.of(Shape.of(times.length), times));
  }

  private double[] run(boolean anywhere, @Nullable Array condition, long... at) {
    Parameters parameters = new Parameters();
    double[] patches = new double[at.length * 4 * 8];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = Math.sin(1.7 * i);
    }
    Tensor told =
        model.denoise(
            Tensor.constant(Array.of(Shape.of(at.length, 4, 8), patches)),
            times(at),
            condition == null ? null : Tensor.constant(condition),
            SIZE,
            parameters);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (ParameterSpec spec : parameters.specs()) {
        SplittableRandom random = new SplittableRandom(spec.name().hashCode());
        Initializer initializer = anywhere ? Initializer.normal(0.5) : spec.initializer();
        backend.assign(
            spec.variable(), Array.of(spec.shape(), initializer.values(spec.shape(), random)));
      }
      Program program = Program.named("tell").output("told", told).build();
      return backend.compile(program).run(Map.of()).get("told").doubles();
    }
  }
}
