package dev.ebt.tensorflow;

import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ProgramMemory;
import dev.ebt.tensor.ShapeOps;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit to how far TensorFlow runs ahead of the order of a program, by control dependencies.
 *
 * <p>TensorFlow executes whatever has its inputs, and would keep the results of large operations
 * that are used much later: a program's order needs little memory, but only as far as it is
 * followed. The operations on large tensors are divided into stretches, and those of one wait for
 * all of the one before the last, or of the last if that one's results are large. Within two
 * stretches there is enough to do side by side.
 *
 * <p>And an operation on elements waits for all that come before it and use its operand, where that
 * has no use behind it: only then does TensorFlow write the result over the operand.
 */
final class RunAheadLimit {
  /** A program with a peak up to this many bytes is not limited. */
  private static final long SMALL = 32L << 20;

  /** The least bytes of the results of a stretch. */
  private static final long LEAST = 16L << 20;

  /**
   * The bytes of a stretch that are enough to be hardly slower than without a limit: at 4 layers of
   * width 256, a quarter of this takes 3 % more time for 6 % less memory of the process.
   */
  private static final long ENOUGH = 64L << 20;

  /** Smaller tensors make no difference to memory. */
  private static final long LARGE = 64L << 10;

  /** Tensors of this many bytes should be written over. */
  private static final long OVERWRITTEN = 8L << 20;

  private final GraphWriter writer;
  private final boolean limited;
  private final long stretch;

  /** The nodes of the current stretch, and the bytes of their results. */
  private final List<String> nodes = new ArrayList<>();

  private long bytes;
  private long bytesBefore;

  /** The barriers behind the last stretch and the one before it. */
  private @Nullable String last;

  private @Nullable String lastButOne;

  /** The number of uses still to come of each tensor, views of it included. */
  private final Map<Tensor, Integer> needed = new IdentityHashMap<>();

  /** The nodes that use each tensor that may be written over. */
  private final Map<Tensor, List<String>> users = new IdentityHashMap<>();

  /** Creates the limit of a program that is about to be written. */
  RunAheadLimit(GraphWriter writer, Program program) {
    long peak = ProgramMemory.of(program).peak();
    this.writer = writer;
    this.limited = peak > SMALL;
    program.nodes().forEach(node -> node.inputs().forEach(this::need));
    program.outputs().values().forEach(this::need);
    program.updates().values().forEach(this::need);
    this.stretch = Math.max(Math.max(LEAST, Math.min(ENOUGH, peak / 4)), peak / 32);
  }

  /** Writes the nodes of a tensor, in the order of the program. */
  void write(Tensor tensor, Runnable lowering) {
    if (!limited || !isLarge(tensor)) {
      lowering.run();
      tensor.inputs().forEach(input -> needed.merge(source(input), -1, Integer::sum));
      return;
    }
    long size = size(tensor);
    if (bytes > 0 && bytes + size > stretch) {
      endStretch();
    }
    String before = bytesBefore > stretch ? last : lastButOne;
    List<String> added = writer.after(withUsers(tensor, before), lowering);
    nodes.addAll(added);
    bytes += size;
    for (Tensor input : tensor.inputs()) {
      Tensor source = source(input);
      needed.merge(source, -1, Integer::sum);
      if (size(source) >= OVERWRITTEN) {
        users.computeIfAbsent(source, s -> new ArrayList<>()).addAll(added);
      }
    }
  }

  /** Returns what an operation waits for: also for other users of what it is written over. */
  private @Nullable String withUsers(Tensor tensor, @Nullable String before) {
    if (!(tensor.op() instanceof Pointwise.Unary || tensor.op() instanceof Pointwise.Binary)) {
      return before;
    }
    List<String> awaited = new ArrayList<>();
    for (Tensor input : tensor.inputs()) {
      Tensor source = source(input);
      if (Integer.valueOf(1).equals(needed.get(source)) && size(source) == size(tensor)) {
        awaited.addAll(users.getOrDefault(source, List.of()));
      }
    }
    if (awaited.isEmpty()) {
      return before;
    }
    if (before != null) {
      awaited.add(before);
    }
    return writer.barrier(awaited);
  }

  private void need(Tensor tensor) {
    needed.merge(source(tensor), 1, Integer::sum);
  }

  /** Returns the tensor whose elements this one views: usually itself. */
  private static Tensor source(Tensor tensor) {
    Tensor source = tensor;
    while (isView(source)) {
      source = source.input(0);
    }
    return source;
  }

  private void endStretch() {
    List<String> awaited = new ArrayList<>(nodes);
    if (last != null) {
      awaited.add(last);
    }
    lastButOne = last;
    last = writer.barrier(awaited);
    bytesBefore = bytes;
    bytes = 0;
    nodes.clear();
  }

  /** Returns whether a tensor is computed from large ones or is one. */
  private static boolean isLarge(Tensor tensor) {
    boolean computed = !(tensor.op() instanceof Sources) || tensor.op() instanceof Sources.Random;
    return computed
        && !isView(tensor)
        && (size(tensor) >= LARGE || tensor.inputs().stream().anyMatch(t -> size(t) >= LARGE));
  }

  private static boolean isView(Tensor tensor) {
    return tensor.op() instanceof ShapeOps.Reshape
        || tensor.op() instanceof ShapeOps.Broadcast
        || tensor.op() instanceof Pointwise.StopGradient
        || tensor.op() instanceof Pointwise.Barrier;
  }

  private static long size(Tensor tensor) {
    return ProgramMemory.bytes(tensor.type(), tensor.shape());
  }
}
