package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.BackendContract;
import dev.ebt.testing.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorFlowBackendTest extends BackendContract {
  private static final TensorFlowSettings CPU = TensorFlowSettings.defaults().on(DeviceChoice.CPU);
  private static final Variable V = Variable.real("v", Shape.of(2));
  private static final Variable W = Variable.real("w", Shape.of(2));

  @Override
  protected Backend open() {
    return TensorFlowBackend.open(CPU);
  }

  /** A few roundings of float32, with some for the derivatives' longer sums. */
  @Override
  public double tolerance() {
    return 1e-5;
  }

  @Test
  void aSecondThreadIsRefusedBeforeItReachesTensorFlow() {
    try (TensorFlowBackend cold = TensorFlowBackend.open(CPU)) {
      Program doubled = Program.named("doubled").update(V, V.read().times(2)).build();
      try (ThreadGuard.Use use = cold.enter()) {
        for (Runnable call :
            List.<Runnable>of(
                () -> cold.compile(doubled),
                () -> cold.assign(V, Array.filled(V.shape(), 1)),
                () -> cold.read(V),
                () -> cold.release(List.of(V)),
                cold::close)) {
          assertThat(OtherThread.failure("second", call))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageStartingWith("TensorFlowBackend is not thread-safe: thread 'second'");
        }
      }
      Executable executable = cold.compile(doubled);
      cold.assign(V, Array.filled(V.shape(), 3));
      try (ThreadGuard.Use use = cold.enter()) {
        assertThat(OtherThread.failure("second", () -> executable.run(Map.of())))
            .isInstanceOf(IllegalStateException.class);
      }
      executable.run(Map.of());
      assertThat(cold.read(V)).isEqualTo(Array.filled(V.shape(), 6));
    }
  }

  @Test
  void variablesSwap() {
    Variable large = Variable.real("large", Shape.of(1 << 16));
    Variable other = Variable.real("other", Shape.of(1 << 16));
    backend().assign(large, Array.filled(large.shape(), 1));
    backend().assign(other, Array.filled(other.shape(), 2));
    Executable swap =
        backend()
            .compile(
                Program.named("swap")
                    .update(large, other.read())
                    .update(other, large.read())
                    .build());
    for (int i = 0; i < 101; i++) {
      swap.run(Map.of());
    }
    assertThat(backend().read(large)).isEqualTo(Array.filled(large.shape(), 2));
    assertThat(backend().read(other)).isEqualTo(Array.filled(other.shape(), 1));
  }

  @Test
  void aVariableAndAnInputCanBeAssignedToSeveral() {
    Tensor x = Tensor.input("x", Shape.of(2), ElementType.REAL);
    Executable copy =
        backend().compile(Program.named("copy").output("x", x).update(V, x).update(W, x).build());
    copy.run(Map.of("x", Array.of(Shape.of(2), 3f, 4f)));
    backend().compile(Program.named("more").update(V, V.read().plus(1)).build()).run(Map.of());
    assertThat(backend().read(V).floats()).containsExactly(4, 5);
    assertThat(backend().read(W).floats()).containsExactly(3, 4);
  }

  @Test
  void inputsAreChecked() {
    Tensor x = Tensor.input("x", Shape.of(2, 3), ElementType.REAL);
    Executable program = backend().compile(Program.named("think").output("y", x).build());
    assertThatThrownBy(() -> program.run(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("program 'think': input 'x': missing, REAL [2, 3] expected");
    assertThatThrownBy(() -> program.run(Map.of("x", Array.filled(Shape.of(3, 2), 1))))
        .hasMessage("program 'think': input 'x': REAL [2, 3] expected, found REAL [3, 2]");
    assertThatThrownBy(() -> program.run(Map.of("x", Array.of(Shape.of(2, 3), new long[6]))))
        .hasMessage("program 'think': input 'x': REAL [2, 3] expected, found INTEGER [2, 3]");
  }

  @Test
  void variablesAreChecked() {
    Executable step =
        backend()
            .compile(
                Program.named("step")
                    .update(W, V.read())
                    .update(V, Tensor.zeros(V.shape()))
                    .build());
    assertThatThrownBy(() -> step.run(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("program 'step': variable 'v' has no value yet");
    assertThatThrownBy(() -> backend().read(W))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("variable 'w' has no value yet");
    assertThatThrownBy(() -> backend().assign(V, Array.filled(Shape.of(3), 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("assign to variable 'v': REAL [2] expected, found REAL [3]");
    assertThatThrownBy(() -> backend().read(Variable.real("v", Shape.of(3))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("REAL [2] and REAL [3] differ");
  }

  @Test
  void nothingRunsAfterClose() {
    backend().assign(V, Array.of(Shape.of(2), 1f, 2f));
    Executable one = backend().compile(Program.named("one").output("v", V.read()).build());
    Executable two = backend().compile(Program.named("two").output("v", V.read()).build());
    one.close();
    assertThatThrownBy(() -> one.run(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("program 'one': closed");
    assertThat(two.run(Map.of()).get("v").floats()).containsExactly(1, 2);
    backend().close();
    backend().close();
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> two.run(Map.of()),
            () -> backend().read(V),
            () -> backend().assign(V, Array.filled(V.shape(), 1)),
            () -> backend().compile(Program.named("three").build()))) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("TensorFlow backend: closed");
    }
  }

  @Test
  void backendsAreApart() {
    backend().assign(V, Array.of(Shape.of(2), 1f, 2f));
    try (Backend other = TensorFlowBackend.open(CPU)) {
      assertThatThrownBy(() -> other.read(V)).isInstanceOf(IllegalStateException.class);
      other.assign(V, Array.of(Shape.of(2), 3f, 4f));
    }
    assertThat(backend().read(V).floats()).containsExactly(1, 2);
  }

  @Test
  void describesItself() {
    assertThat(backend().description())
        .containsEntry("precision", "float32")
        .containsEntry("device", "/device:CPU:0")
        .containsKeys("threads", "TensorFlow");
    assertThat(backend().usesHostMemory()).isTrue();
    assertThat(Devices.list()).extracting(Devices.Device::type).contains("CPU");
  }

  @Test
  void aGpuThatIsNotThereIsExplained() {
    assumeThat(Devices.list()).noneMatch(Devices.Device::isGpu);
    assertThatThrownBy(
            () -> TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.GPU)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("TensorFlow found only /device:CPU:0")
        .hasMessageContaining("use device cpu, or auto");
  }

  @Test
  void threadCountsAreChecked() {
    assertThatThrownBy(() -> CPU.withThreads(-1, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("backend.intraThreads is -1");
  }

  /** Gradient steps on a small network with noise: everything a training step is made of. */
  private static List<Double> train(Backend backend, long seed, int steps) {
    Variable first = Variable.real("first", Shape.of(8, 64));
    Variable second = Variable.real("second", Shape.of(64, 8));
    Variable step = new Variable("step", Shape.scalar(), ElementType.INTEGER);
    backend.assign(first, Agreement.random(1, -0.3, 0.3, 8, 64));
    backend.assign(second, Agreement.random(2, -0.3, 0.3, 64, 8));
    backend.assign(step, Array.scalar(0L));
    Tensor one = Tensor.constant(Array.scalar(1L));
    Tensor key =
        Functions.concat(0, Tensor.constant(Array.of(Shape.of(1), seed)), step.read().reshape(1));
    Tensor x = Functions.randomNormal(key, 1, Shape.of(128, 8));
    Tensor a = first.read();
    Tensor b = second.read();
    Tensor error = Functions.tanh(x.dot(a)).dot(b).minus(Functions.sine(x.times(2)));
    Tensor loss = error.square().mean();
    List<Tensor> gradients = Gradients.of(loss, List.of(a, b));
    Executable train =
        backend.compile(
            Program.named("train")
                .output("loss", loss)
                .update(first, a.minus(gradients.get(0).times(0.5)))
                .update(second, b.minus(gradients.get(1).times(0.5)))
                .update(step, step.read().plus(one))
                .build());
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(train.run(Map.of()).get("loss").item());
    }
    return losses;
  }

  private static List<Double> train(TensorFlowSettings configuration, long seed) {
    try (Backend backend = TensorFlowBackend.open(configuration)) {
      return train(backend, seed, 12);
    }
  }

  @Test
  void sameSeedSameBits() {
    List<Double> losses = train(CPU, 5);
    assertThat(losses.get(11)).isLessThan(losses.get(0));
    for (int i = 0; i < 5; i++) {
      assertThat(train(CPU, 5)).isEqualTo(losses);
    }
    assertThat(train(CPU, 6)).isNotEqualTo(losses);
  }

  @Test
  void threadsDoNotChangeResults() {
    List<Double> one = train(CPU.withThreads(1, 1), 5);
    for (TensorFlowSettings threads :
        List.of(CPU.withThreads(1, 2), CPU.withThreads(2, 1), CPU.withThreads(2, 2))) {
      List<Double> more = train(threads, 5);
      for (int i = 0; i < 12; i++) {
        assertThat(more.get(i)).isCloseTo(one.get(i), withPercentage(1e-3));
      }
    }
  }

  @Test
  void trainsAsTheReferenceDoes() {
    List<Double> losses = train(CPU, 5);
    try (Backend reference = new ReferenceBackend()) {
      List<Double> expected = train(reference, 5, 12);
      for (int i = 0; i < 12; i++) {
        assertThat(losses.get(i)).isCloseTo(expected.get(i), withPercentage(1e-2));
      }
    }
  }
}
