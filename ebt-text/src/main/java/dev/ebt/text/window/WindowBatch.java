package dev.ebt.text.window;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Map;

/** A batch of windows of tokens, filled row by row; unfilled positions are padding of weight 0. */
public final class WindowBatch {
  private final int length;
  private final Shape shape;
  private final long[] observed;
  private final long[] target;
  private final float[] weight;

  /** Creates a batch of {@code rows} windows with {@code length} context tokens each. */
  public WindowBatch(int rows, int length) {
    this.length = length;
    this.shape = Shape.of(rows, length);
    this.observed = new long[rows * length];
    this.target = new long[rows * length];
    this.weight = new float[rows * length];
  }

  /**
   * Fills a row.
   *
   * @param start the first context token
   * @param counted the first token whose prediction counts
   */
  public void put(int row, int[] tokens, int start, int counted) {
    for (int j = 0; j < length && start + j + 1 < tokens.length; j++) {
      int next = start + j + 1;
      observed[row * length + j] = tokens[next - 1];
      target[row * length + j] = tokens[next];
      weight[row * length + j] = next >= counted ? 1 : 0;
    }
  }

  /** Returns the batch, which takes over the arrays. */
  public Batch batch() {
    return new Batch(
        Map.of(TrainingWindows.TOKENS, Array.of(shape, observed)),
        Array.of(shape, target),
        Array.of(shape, weight));
  }
}
