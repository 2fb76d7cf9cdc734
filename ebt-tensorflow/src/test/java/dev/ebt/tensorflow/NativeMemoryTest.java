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

/**
 * Native memory has an owner that frees it: steps and backends leave none behind.
 *
 * <p>The memory of a process also grows for other reasons: the Java heap, and allocators that keep
 * freed blocks to use them again (glibc does so with blocks of 16 MiB once one was freed). Such
 * growth comes to an end, a leak goes on in every round: so the round that grew least decides.
 */
class NativeMemoryTest {
  private static final long MEBIBYTE = 1 << 20;
  private static final int ROUNDS = 8;

  /** Elements of a tensor of 16 MiB. */
  private static final int LARGE = 1 << 22;

  private static final TensorFlowSettings CPU = TensorFlowSettings.defaults().on(DeviceChoice.CPU);

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
      // Each round hands over 20 MB of tensors.
      assertGrowsLess(2 * MEBIBYTE, () -> run(add, backend, sum, value, 10_000));
      assertThat(Pointer.totalBytes() - counted).isLessThan(64 * 1024);
    }
  }

  /** Fails where every round leaves more than this behind. */
  private static void assertGrowsLess(long bound, Runnable round) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && least >= bound; i++) {
      long before = Pointer.physicalBytes();
      round.run();
      least = Math.min(least, Pointer.physicalBytes() - before);
    }
    assertThat(least).as("bytes that the best of the rounds left behind").isLessThan(bound);
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
    Variable large = Variable.real("large", Shape.of(LARGE));
    Program fill = Program.named("fill").update(large, Tensor.filled(large.shape(), 1)).build();
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
      // Each time 16 MiB, and nodes for the program, the access and the release.
      assertGrowsLess(48 * MEBIBYTE, () -> fillAndRelease(backend, fill, 10));
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
        GraphSession session =
            new GraphSession(
                SessionOptions.of(CPU),
                false,
                new ProductRules(ProductKernels.OTHER, Precision.FLOAT32))) {
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
    // Each held 16 MiB in its variable.
    assertGrowsLess(48 * MEBIBYTE, () -> openAndClose(6));
  }

  private static void openAndClose(int times) {
    Variable large = Variable.real("large", Shape.of(LARGE));
    for (int i = 0; i < times; i++) {
      try (TensorFlowBackend backend = TensorFlowBackend.open(CPU)) {
        backend
            .compile(Program.named("fill").update(large, Tensor.filled(large.shape(), i)).build())
            .run(Map.of());
      }
    }
  }
}
