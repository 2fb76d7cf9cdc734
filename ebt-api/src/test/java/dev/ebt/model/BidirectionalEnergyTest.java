package dev.ebt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.PatchEmbedding;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BidirectionalEnergyTest {
  private static final int SIDE = 4;
  private static final int CHANNELS = 2;

  private final BidirectionalEnergy model =
      new BidirectionalEnergy(new BidirectionalSettings(null, 2, 2, 8, 2.0));

  /** How the parameters begin: as published, or none of them 0. */
  private enum Start {
    PUBLISHED,
    ANYWHERE
  }

  @Test
  void energyBeginsAsZeroButItsGradientTeachesTheHead() {
    Map<String, Array> found = run(2, 2, true, Start.PUBLISHED);
    assertThat(found.get("energy").doubles()).containsOnly(0);
    assertThat(found.get("gradient").doubles()).containsOnly(0);
    assertThat(Arrays.stream(found.get("headGradient").doubles()))
        .anyMatch(g -> Math.abs(g) > 1e-3);
  }

  @Test
  void batchOfOneGivesWhatThatRowGivesAmongOthers() {
    for (int patch : List.of(2, SIDE)) {
      Map<String, Array> three = run(3, patch, true, Start.ANYWHERE);
      Map<String, Array> one = run(1, patch, true, Start.ANYWHERE);
      assertThat(one.get("energy").shape()).isEqualTo(Shape.of(1));
      assertThat(three.get("energy").shape()).isEqualTo(Shape.of(3));
      assertThat(one.get("energy").real(0))
          .isCloseTo(three.get("energy").real(0), within(1e-12))
          .isNotZero();
      double[] first = Arrays.copyOf(three.get("gradient").doubles(), CHANNELS * SIDE * SIDE);
      assertThat(one.get("gradient").doubles()).containsExactly(first, within(1e-12));
    }
  }

  @Test
  void oneConditionForAllIsTheSameConditionForEach() {
    Map<String, Array> shared = run(3, 2, true, Start.ANYWHERE);
    Map<String, Array> each = run(3, 2, false, Start.ANYWHERE);
    assertThat(shared.get("energy").doubles())
        .containsExactly(each.get("energy").doubles(), within(1e-12));
    assertThat(shared.get("gradient").doubles())
        .containsExactly(each.get("gradient").doubles(), within(1e-12));
  }

  @Test
  void parametersHaveThePublishedNamesAndShapes() {
    Parameters parameters = new Parameters();
    energy(images(1), condition(1), 2, parameters);
    assertThat(parameters.specs())
        .extracting(ParameterSpec::name)
        .contains(
            "transformer.x_embedder.proj.weight",
            "transformer.x_embedder.proj.bias",
            "transformer.blocks.1.adaLN_modulation.1.weight",
            "transformer.blocks.1.attn.qkv.weight",
            "transformer.blocks.1.mlp.fc1.bias",
            "transformer.final_layer.adaLN_modulation.1.bias",
            "transformer.final_layer.linear.weight")
        .hasSize(2 + 2 * 10 + 3);
    assertThat(parameters.tensors().get("transformer.x_embedder.proj.weight").shape())
        .isEqualTo(Shape.of(8, CHANNELS, 2, 2));
  }

  @Test
  void sequencesAreForAnotherModel() {
    assertThatThrownBy(
            () ->
                model.observe(
                    Tensor.zeros(Shape.of(1, 3, 8)), Tensor.constant(0), new Parameters()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("use 'autoregressive' for sequences");
    AutoregressiveEnergy other = new AutoregressiveEnergy(TransformerSettings.of(1, 1, 8), 1);
    assertThatThrownBy(
            () -> other.observe(Tensor.zeros(Shape.of(1, 8)), Tensor.constant(0), new Parameters()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("use 'bidirectional' for images");
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> new BidirectionalSettings(null, null, 3, 8, null))
        .isInstanceOf(UserException.class)
        .hasMessage("model.width 8 is not divisible by model.heads 3; for instance width 9");
    assertThatThrownBy(() -> new BidirectionalSettings(null, null, 1, 6, null))
        .hasMessageContaining("model.width 6 is not divisible by 4");
    assertThatThrownBy(() -> new BidirectionalSettings("huge", null, null, null, null))
        .hasMessageContaining("huge");
    assertThat(new BidirectionalSettings("large", null, null, null, null).width()).isEqualTo(1536);
  }

  private Map<String, Array> run(int rows, int patch, boolean shared, Start start) {
    Parameters parameters = new Parameters();
    Tensor images = images(rows);
    Tensor energy = energy(images, condition(shared ? 1 : rows), patch, parameters);
    Tensor gradient = Gradients.of(energy, images);
    Tensor moved = images.minus(gradient.times(3));
    Tensor head = parameters.tensors().get("transformer.final_layer.linear.weight");
    Program program =
        Program.named("test")
            .output("energy", energy)
            .output("gradient", gradient)
            .output("headGradient", Gradients.of(moved.square().sum(), head))
            .build();
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (ParameterSpec spec : parameters.specs()) {
        SplittableRandom random = new SplittableRandom(spec.name().hashCode());
        Initializer initializer =
            start == Start.PUBLISHED ? spec.initializer() : Initializer.normal(0.5);
        backend.assign(
            spec.variable(), Array.of(spec.shape(), initializer.values(spec.shape(), random)));
      }
      return backend.compile(program).run(Map.of("images", values(rows)));
    }
  }

  private Tensor energy(Tensor images, Tensor condition, int patch, Parameters parameters) {
    Tensor embedded = PatchEmbedding.apply(images, patch, 8, parameters.in("transformer"));
    NamedTensors observed = model.observe(condition, Tensor.constant(0), parameters);
    return model.energy(observed, embedded, Tensor.constant(0), parameters);
  }

  private static Tensor images(int rows) {
    return Tensor.input("images", Shape.of(rows, CHANNELS, SIDE, SIDE), ElementType.REAL);
  }

  private static Array values(int rows) {
    double[] values = new double[rows * CHANNELS * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(1.7 * i);
    }
    return Array.of(Shape.of(rows, CHANNELS, SIDE, SIDE), values);
  }

  private static Tensor condition(int rows) {
    double[] values = new double[rows * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.cos(i % 8);
    }
    return Tensor.constant(Array.of(Shape.of(rows, 8), values));
  }
}
