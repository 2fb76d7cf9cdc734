package dev.ebt.text.window;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Windows of length + 1 tokens: the first {@code length} are the context, the last {@code length}
 * are the targets, each predicted from the tokens before it. Windows may span documents. Positions
 * beyond the last token are padding of weight 0: in the last window, or in every one if the whole
 * text is shorter than a window.
 */
public final class TrainingWindows implements Examples {
  /** The name of the context feature. */
  public static final String TOKENS = "tokens";

  /** Any token is valid where the weight is 0. */
  private static final int PADDING = 0;

  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x77696E646F77L;

  private final Tokens tokens;
  private final int length;
  private final int count;
  private final IntToLongFunction start;

  private TrainingWindows(Tokens tokens, int length, int count, IntToLongFunction start) {
    this.tokens = tokens;
    this.length = length;
    this.count = count;
    this.start = start;
  }

  /** Returns consecutive windows: every token but the first is a target exactly once. */
  public static TrainingWindows packed(Tokens tokens, int length) {
    return overlapping(tokens, length, length);
  }

  /**
   * Returns a window at every {@code stride}-th token: every token but the first is a target at
   * least once.
   *
   * @param stride at least 1 and at most {@code length}, so that no token is left out
   */
  public static TrainingWindows overlapping(Tokens tokens, int length, int stride) {
    if (stride < 1 || stride > length) {
      throw new IllegalArgumentException("stride " + stride + " of windows of " + length);
    }
    long targets = Math.max(0, tokens.size() - 1);
    long further = Math.max(0, targets - length);
    long count = targets == 0 ? 0 : 1 + (further + stride - 1) / stride;
    if (count > Integer.MAX_VALUE) {
      throw new UserException(
          count
              + " windows are more than 2147483647; choose a larger modality.length or data.stride");
    }
    return new TrainingWindows(tokens, length, (int) count, row -> (long) row * stride);
  }

  /**
   * Returns windows at random positions: the start of each is a pure function of the seed and its
   * row.
   *
   * @param count the number of rows
   */
  public static TrainingWindows random(Tokens tokens, int length, int count, long seed) {
    long starts = starts(tokens, length);
    long key = Philox.key(seed, SITE);
    return new TrainingWindows(
        tokens,
        length,
        starts == 0 ? 0 : count,
        row -> {
          int[] words = Philox.block(key, row, 0);
          long bits = ((long) words[0] << 32) | (words[1] & 0xFFFFFFFFL);
          return Math.floorMod(bits >>> 1, starts);
        });
  }

  /**
   * Returns the number of distinct windows without padding; 1 if the text is shorter than a window.
   */
  public static long starts(Tokens tokens, int length) {
    return tokens.size() < 2 ? 0 : Math.max(1, tokens.size() - length);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Batch batch(int... rows) {
    long[] observed = new long[rows.length * length];
    long[] target = new long[rows.length * length];
    float[] weight = new float[rows.length * length];
    Arrays.fill(observed, PADDING);
    Arrays.fill(target, PADDING);
    for (int i = 0; i < rows.length; i++) {
      long from = start.applyAsLong(checked(rows[i]));
      int predictions = (int) Math.min(length, tokens.size() - 1 - from);
      for (int j = 0; j < predictions; j++) {
        observed[i * length + j] = tokens.get(from + j);
        target[i * length + j] = tokens.get(from + j + 1);
        weight[i * length + j] = 1;
      }
    }
    Shape shape = Shape.of(rows.length, length);
    return new Batch(
        Map.of(TOKENS, Array.of(shape, observed)),
        Array.of(shape, target),
        Array.of(shape, weight));
  }

  private int checked(int row) {
    if (row < 0 || row >= count) {
      throw new IndexOutOfBoundsException("row " + row + " of " + count);
    }
    return row;
  }
}
