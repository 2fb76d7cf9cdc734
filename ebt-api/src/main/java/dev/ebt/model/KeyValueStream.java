package dev.ebt.model;

import dev.ebt.nn.Attention;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Rotary;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.function.IntFunction;

/**
 * The causal stream of observed elements: each attends to itself and to earlier ones. The keys and
 * values of every layer are {@code layers.i.keys} and {@code layers.i.values}, [rows, heads, keys,
 * head size]: of all elements at once, or of elements appended to a cache.
 *
 * @param blocks the block of each layer
 * @param lastOutput whether the output of the last block is computed; if not, it ends with the last
 *     layer's keys and values
 */
record KeyValueStream(TransformerSettings settings, IntFunction<Block> blocks, boolean lastOutput) {
  /**
   * Elements in the stream.
   *
   * @param cache keys and values of every layer
   * @param output the output of the last block, [rows, count, width]; of the one before if the last
   *     output is not computed
   */
  record Result(NamedTensors cache, Tensor output) {}

  /** A place to keep keys and values of a layer, which returns all that elements attend to. */
  private interface Storage {
    Tensor stored(String name, Tensor fresh);
  }

  static String keys(int layer) {
    return "layers." + layer + ".keys";
  }

  static String values(int layer) {
    return "layers." + layer + ".values";
  }

  /** Computes all elements of a window, [rows, length, width]. */
  Result all(Tensor elements) {
    int length = elements.shape().size(1);
    Rotary rotary = Rotary.at(Tensor.range(length), length + 1, settings.headSize());
    return through(
        elements, rotary, Attention.causalMask(length), NamedTensors.empty(), (name, k) -> k);
  }

  /** Returns a cache without elements. */
  NamedTensors empty(int rows, int capacity) {
    Tensor zeros = Tensor.zeros(Shape.of(rows, settings.heads(), capacity, settings.headSize()));
    NamedTensors cache = NamedTensors.empty();
    for (int i = 0; i < settings.layers(); i++) {
      cache = cache.with(keys(i), zeros).with(values(i), zeros);
    }
    return cache;
  }

  /**
   * Appends elements, [rows, count, width], to a cache.
   *
   * @param places the place of each of them in the cache, integers [rows, count]
   */
  Result append(NamedTensors cache, Tensor elements, Tensor places) {
    int rows = places.shape().size(0);
    int count = places.shape().size(1);
    int capacity = cache.get(keys(0)).shape().size(2);
    Tensor perHead = places.reshape(rows, 1, count);
    Tensor mask = Attention.pastMask(perHead, capacity);
    Tensor slots = perHead.plus(firstSlots(rows, capacity));
    return through(
        elements,
        Rotary.at(perHead, capacity, settings.headSize()),
        mask,
        cache,
        (name, fresh) -> {
          Tensor table = cache.get(name);
          Tensor flat = table.reshape(rows * settings.heads() * capacity, settings.headSize());
          return Functions.scatterUpdate(flat, slots, fresh).reshape(table.shape());
        });
  }

  /** Returns the number of the first slot of every row and head in one table, [rows, heads, 1]. */
  private Tensor firstSlots(int rows, int capacity) {
    long[] first = new long[rows * settings.heads()];
    for (int i = 0; i < first.length; i++) {
      first[i] = (long) i * capacity;
    }
    return Tensor.constant(Array.of(Shape.of(rows, settings.heads(), 1), first));
  }

  private Result through(
      Tensor elements, Rotary rotary, Tensor mask, NamedTensors before, Storage storage) {
    NamedTensors cache = before;
    Tensor x = Functions.layerBoundary(elements);
    for (int i = 0; i < settings.layers(); i++) {
      Block block = blocks.apply(i);
      FoldedNorm normal = block.norm(x);
      Tensor k = storage.stored(keys(i), rotary.turn(block.project(normal, "wk")));
      Tensor v = storage.stored(values(i), block.project(normal, "wv"));
      cache = cache.with(keys(i), k).with(values(i), v);
      if (lastOutput || i + 1 < settings.layers()) {
        Tensor q = rotary.turnScaled(block.project(normal, "wq"));
        x = Functions.layerBoundary(block.after(x, Attention.toKeys(q, k, v, mask)));
      }
    }
    return new Result(cache, x);
  }
}
