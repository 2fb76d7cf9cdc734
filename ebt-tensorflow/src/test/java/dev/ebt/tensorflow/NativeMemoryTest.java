package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.GraphDef;

/** Native memory has an owner that frees it: steps and backends leave none behind. */
class NativeMemoryTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final TensorFlowConfiguration CPU =
      TensorFlowConfiguration.defaults().on(DeviceChoice.CPU);

  @Test
  void stepsLeaveNothingBehind() {
    Variable sum = Variable.real("sum", Shape.of(256));
    Tensor x = Tensor.input("x", sum.shape(), ElementType.REAL);
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
      backend.assign(sum, Array.filled(sum.shape(), 0));
      Executable add =
          backend.compile(
              Program.named("add")
                  .output("total", sum.read().sum())
                  .output("sum", sum.read())
                  .update(sum, sum.read().plus(x))
                  .build());
      Array value = Array.filled(sum.shape(), 1);
      run(add, backend, sum, value, 2_000);
      long counted = Pointer.totalBytes();
      // The Java heap and the pools of allocators grow for a while, a leak grows for ever: each
      // round hands over 20 MB of tensors.
      long growth = Long.MAX_VALUE;
      for (int round = 0; round < 5 && growth > 2 * MEBIBYTE; round++) {
        long before = Pointer.physicalBytes();
        run(add, backend, sum, value, 10_000);
        growth = Pointer.physicalBytes() - before;
      }
      assertThat(growth).isLessThanOrEqualTo(2 * MEBIBYTE);
      assertThat(Pointer.totalBytes() - counted).isLessThan(64 * 1024);
    }
  }

  private static void run(
      Executable add, TensorFlowBackend backend, Variable sum, Array value, int steps) {
    for (int i = 0; i < steps; i++) {
      add.run(Map.of("x", value));
      if (i % 10 == 0) {
        backend.assign(sum, backend.read(sum));
      }
    }
  }

  @Test
  void whatIsMadeAndReleasedAgainAndAgainLeavesNothingBehind() {
    Variable large = Variable.real("large", Shape.of(1 << 22));
    Program fill = Program.named("fill").update(large, Tensor.filled(large.shape(), 1)).build();
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
      fillAndRelease(backend, fill, 10);
      long before = Pointer.physicalBytes();
      fillAndRelease(backend, fill, 50);
      // Each time 16 MB, and nodes for the program, the access and the release.
      assertThat(Pointer.physicalBytes() - before).isLessThan(48 * MEBIBYTE);
    }
  }

  private static void fillAndRelease(TensorFlowBackend backend, Program fill, int times) {
    for (int i = 0; i < times; i++) {
      try (Executable executable = backend.compile(fill)) {
        executable.run(Map.of());
        fill.updates().keySet().forEach(backend::read);
      }
      backend.release(fill.updates().keySet());
    }
  }

  @Test
  void sameNodesAreAddedToAGraphOnce() {
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU);
        GraphSession session = new GraphSession(SessionOptions.of(CPU))) {
      assertThat(backend.description()).containsKey("device");
      assertThat(session.add("a", constant(1))).isSameAs(session.add("b", constant(1)));
      assertThat(session.add("a", constant(1))).isNotSameAs(session.add("a", constant(2)));
    }
  }

  private static GraphDef constant(double value) {
    GraphWriter writer = new GraphWriter();
    writer.constant(Array.scalar(value));
    return writer.finish();
  }

  @Test
  void closedBackendsLeaveNothingBehind() {
    openAndClose(3);
    long before = Pointer.physicalBytes();
    openAndClose(10);
    // Each held 16 MB in its variable.
    assertThat(Pointer.physicalBytes() - before).isLessThan(48 * MEBIBYTE);
  }

  private static void openAndClose(int times) {
    Variable large = Variable.real("large", Shape.of(1 << 22));
    for (int i = 0; i < times; i++) {
      try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
        backend
            .compile(Program.named("fill").update(large, Tensor.filled(large.shape(), i)).build())
            .run(Map.of());
      }
    }
  }
}
