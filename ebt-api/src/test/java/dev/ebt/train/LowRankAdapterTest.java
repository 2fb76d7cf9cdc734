package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.CheckedBackend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LowRankAdapterTest {
  private static ParameterSpec weight(String name, int... shape) {
    return new ParameterSpec(
        name, Shape.of(shape), Initializer.constant(1), ParameterSpec.Traits.WEIGHT);
  }

  @Test
  void gradientsOfTheFactorsFollowFromThatOfTheWeight() {
    LowRankAdapter adapter = new LowRankAdapter(weight("w", 3, 4), 2, 6);
    Tensor down = adapter.down().variable().read();
    Tensor up = adapter.up().variable().read();
    Tensor merged = adapter.merged(down, up);
    Tensor loss = merged.square().times(merged).sum();
    List<Tensor> direct = Gradients.of(loss, List.of(down, up));
    List<Tensor> factors = adapter.gradients(merged.square().times(3));
    Program.Builder program = Program.named("gradients");
    for (int i = 0; i < 2; i++) {
      program.output("direct" + i, direct.get(i)).output("factor" + i, factors.get(i));
    }
    try (CheckedBackend backend = new CheckedBackend(new ReferenceBackend())) {
      List<ParameterSpec> specs = List.of(adapter.down(), weight("adapter.up.w", 3, 2));
      TrainingStepper.initialize(backend, specs, 7);
      backend.assign(adapter.base(), Array.filled(Shape.of(3, 4), 0.5));
      Map<String, Array> found = backend.compile(program.build()).run(Map.of());
      for (int i = 0; i < 2; i++) {
        assertThat(found.get("factor" + i).doubles())
            .containsExactly(found.get("direct" + i).doubles(), within(1e-9));
      }
    }
  }

  @Test
  void matricesThatPatternsNameHaveAdaptersAndAllElseIsFrozen() {
    ParameterUpdateRule rule =
        ParameterUpdateRule.of(new GradientDescent(), 0.1)
            .training(
                new TrainedParameters(
                    List.of("*.1.*"), new AdapterSettings(2, null, List.of("layers.*"))));

    assertThat(rule.learns(weight("layers.0.w", 3, 4))).isTrue();
    assertThat(rule.learns(weight("layers.0.gain", 3))).as("no matrix").isFalse();
    assertThat(rule.learns(weight("layers.1.w", 3, 4))).as("frozen").isFalse();
    assertThat(rule.learns(weight("head.w", 3, 4))).as("not named").isFalse();
  }

  @Test
  void patternsThatMatchNothingAreRefusedWithNames() {
    List<ParameterSpec> specs = List.of(weight("layers.0.w", 3, 4), weight("layers.0.gain", 3));

    assertThatThrownBy(() -> new TrainedParameters(List.of("layer.*"), null).check(specs))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.freeze has 'layer.*'")
        .hasMessageContaining("layers.0.w, layers.0.gain");
    assertThatThrownBy(() -> new TrainedParameters(List.of("*"), null).check(specs))
        .hasMessageContaining("leaves no parameter to train");
    AdapterSettings gains = new AdapterSettings(2, null, List.of("*.gain"));
    assertThatThrownBy(() -> new TrainedParameters(List.of(), gains).check(specs))
        .hasMessageContaining("training.adapter has no weight to adapt");
  }
}
