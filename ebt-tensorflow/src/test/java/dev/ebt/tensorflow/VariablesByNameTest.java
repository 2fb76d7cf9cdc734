package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variables where their handles cannot be fed, which is so on a GPU, behave as elsewhere. */
class VariablesByNameTest {
  private static final Shape TWO = Shape.of(2);
  private static final Variable A = Variable.real("a", TWO);
  private static final Variable B = Variable.real("b", TWO);
  private static final Variable C = Variable.real("c", TWO);

  @Test
  void templatesBindAndVariablesAreReadWrittenAndReleased() {
    Program program = Program.named("add").update(A, A.read().plus(C.read())).build();
    try (TensorFlowBackend backend =
        TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU), false)) {
      backend.assign(B, Array.of(TWO, 1.0, 2.0));
      backend.assign(C, Array.of(TWO, 10.0, 20.0));
      UnboundProgram template = backend.template(program, List.of(A));
      try (Executable onB = template.bind(Map.of(A, B));
          Executable onC = template.bind(Map.of(A, C))) {
        onB.run(Map.of());
        assertThat(backend.read(B)).isEqualTo(Array.of(TWO, 11.0, 22.0));
        onC.run(Map.of());
        assertThat(backend.read(C)).isEqualTo(Array.of(TWO, 20.0, 40.0));
        backend.assign(B, Array.of(TWO, 0.0, 1.0));
        onB.run(Map.of());
        assertThat(backend.read(B)).isEqualTo(Array.of(TWO, 20.0, 41.0));
        backend.release(List.of(B));
        assertThatThrownBy(() -> backend.read(B)).hasMessageContaining("'b' has no value yet");
        assertThatThrownBy(() -> onB.run(Map.of())).hasMessageContaining("'b' has no value yet");
      }
      assertThatThrownBy(() -> backend.read(A)).hasMessageContaining("'a' has no value yet");
    }
  }
}
