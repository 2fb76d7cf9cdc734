package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckedBackendTest {
  private final CheckedBackend backend = new CheckedBackend(new ReferenceBackend());
  private final Variable variable = Variable.real("v", Shape.of(2));
  private final Program logarithm =
      Program.named("logarithm")
          .output("y", Functions.log(Tensor.input("x", Shape.scalar(), ElementType.REAL)))
          .build();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void whatIsRightPasses() {
    backend.assign(variable, Array.of(Shape.of(2), 1.0, 2.0));
    assertThat(backend.read(variable).real(1)).isEqualTo(2);
    try (Executable executable = backend.compile(logarithm)) {
      assertThat(executable.run(Map.of("x", Array.scalar(1.0)))).containsKey("y");
      assertThat(executable.operations()).isEqualTo(2);
      assertThat(backend.openExecutables()).isOne();
    }
    assertThat(backend.openExecutables()).isZero();
    assertThat(backend.description()).containsEntry("precision", "float64");
  }

  @Test
  void whatIsWrongIsNamed() {
    Executable executable = backend.compile(logarithm);
    says("input x: missing", () -> executable.run(Map.of()));
    says("[] declared, found [1]", () -> executable.run(Map.of("x", Array.filled(Shape.of(1), 1))));
    says("REAL declared, found INTEGER", () -> executable.run(Map.of("x", Array.scalar(1L))));
    says("element 0 is NaN", () -> executable.run(Map.of("x", Array.scalar(Double.NaN))));
    says("output y: element 0 is -Inf", () -> executable.run(Map.of("x", Array.scalar(0.0))));
    says("value for v: [2] declared", () -> backend.assign(variable, Array.scalar(1.0)));
  }

  @Test
  void boundVariableThatIsNotFreeIsNamed() {
    Program reading = Program.named("reading").output("v", variable.read()).build();
    Variable other = Variable.real("w", Shape.of(2));
    says(
        "bind of reading: v was not declared as a free variable",
        () -> backend.template(reading, List.of()).bind(Map.of(variable, other)));
    backend.assign(other, Array.of(Shape.of(2), 1.0, 2.0));
    try (Executable bound =
        backend.template(reading, List.of(variable)).bind(Map.of(variable, other))) {
      assertThat(bound.run(Map.of()).get("v")).isEqualTo(Array.of(Shape.of(2), 1.0, 2.0));
    }
  }

  @Test
  void useAfterCloseIsNamed() {
    Executable closed = backend.compile(logarithm);
    closed.close();
    says("run of logarithm after close", () -> closed.run(Map.of("x", Array.scalar(1.0))));
    backend.close();
    says("compile of logarithm after close", () -> backend.compile(logarithm));
    says("read of v after close", () -> backend.read(variable));
  }

  private static void says(String message, ThrowingCallable mistake) {
    assertThatThrownBy(mistake).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }
}
