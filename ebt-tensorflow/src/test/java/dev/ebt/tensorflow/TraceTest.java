package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Executable;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final TensorFlowSettings CPU =
      TensorFlowSettings.defaults().on(DeviceChoice.CPU).withThreads(2, 2);
  private static final Shape SHAPE = Shape.of(2, 3);

  private static Program products() {
    Tensor x = Tensor.input("x", SHAPE, ElementType.REAL);
    return Program.named("some products")
        .output("y", Functions.exp(Functions.matMul(x, false, x, true)))
        .build();
  }

  @Test
  void listsEveryOperationOfAProgramWithTypeAndShape() {
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU);
        Executable executable = backend.compile(products())) {
      ExecutionTrace trace =
          backend.trace(
              () -> {
                executable.run(Map.of("x", Array.filled(SHAPE, 1)));
                executable.run(Map.of("x", Array.filled(SHAPE, 2)));
              });
      List<ExecutionTrace.Event> exps =
          trace.events().stream().filter(event -> event.type().equals("Exp")).toList();
      assertThat(exps).hasSize(2);
      assertThat(exps)
          .allSatisfy(
              event -> {
                assertThat(event.program()).isEqualTo("some_products");
                assertThat(event.shape()).isEqualTo(Optional.of(Shape.of(2, 2)));
                assertThat(event.device()).contains("CPU");
                assertThat(event.name()).contains("/Exp_");
              });
      assertThat(exps.get(0).start()).isLessThan(exps.get(1).start());
      // oneDNN has a type of its own.
      assertThat(trace.types()).anyMatch(type -> type.name().endsWith("MatMul"));
    }
  }

  @Test
  void coversProgramsWithFreeVariables() {
    Variable free = Variable.real("free", SHAPE);
    Variable own = Variable.real("own", SHAPE);
    Program doubled = Program.named("doubled").update(free, free.read().times(2)).build();
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
      Executable bound = backend.template(doubled, List.of(free)).bind(Map.of(free, own));
      backend.assign(own, Array.filled(SHAPE, 1));
      assertThat(backend.trace(() -> bound.run(Map.of())).events())
          .anyMatch(event -> event.program().equals("doubled") && event.type().equals("Mul"));
      assertThat(backend.read(own)).isEqualTo(Array.filled(SHAPE, 2));
    }
  }

  @Test
  void endsWithAnActionThatFails() {
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU);
        Executable executable = backend.compile(products())) {
      assertThatThrownBy(() -> backend.trace(() -> executable.run(Map.of())))
          .hasMessageContaining("'x': missing");
      assertThat(backend.trace(() -> {}).events()).isEmpty();
    }
  }

  @Test
  void isRefusedInATrace() {
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
      assertThatThrownBy(() -> backend.trace(() -> backend.trace(() -> {})))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("TensorFlow backend: a trace within a trace");
    }
  }

  @Test
  void isRefusedWhereTensorFlowRecordsNothing() {
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU.withThreads(1, 1))) {
      assertThatThrownBy(() -> backend.trace(() -> {}))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("backend.interThreads is 1");
    }
  }
}
