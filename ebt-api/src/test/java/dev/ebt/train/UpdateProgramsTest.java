package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.SettingException;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.GradientDescent;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.junit.jupiter.api.Test;

class UpdateProgramsTest {
  private final UpdatePrograms recomputing =
      new UpdatePrograms(
          ParameterUpdateRule.of(new GradientDescent(), 1).recomputing(true), new Parameters());

  @Test
  void recomputationIsForModelsThatMarkTheirLayers() {
    Tensor x = Tensor.input("x", Shape.of(3), ElementType.REAL);
    assertThatCode(() -> recomputing.checkRecomputation(Functions.layerBoundary(x).sum()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> recomputing.checkRecomputation(x.sum()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("training.recompute is true; false for this model");
  }
}
