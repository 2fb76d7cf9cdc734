package dev.ebt.text.bpe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding of one word (Sennrich et al. 2016, arXiv:1508.07909): the adjacent pair with
 * the lowest rank is merged, the leftmost one first, until no mergeable pair is left. A priority
 * queue of pairs takes O(n log n) for a word of n pieces, so that long texts without spaces are
 * encoded quickly.
 */
final class Merges {
  /** The result of merging a pair, and the rank of the pair. */
  record Merge(int rank, int piece) {}

  private final Map<Long, Merge> merges;
  private int ranks;

  Merges() {
    this(new HashMap<>());
  }

  /** Creates merges that are stored in the given map. */
  Merges(Map<Long, Merge> merges) {
    this.merges = merges;
  }

  /** Adds the next pair. A pair that is added twice has its last rank, as in GPT-2. */
  void add(int left, int right, int piece) {
    merges.put(pair(left, right), new Merge(ranks++, piece));
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  /** Returns the pieces of a word after all merges. */
  int[] apply(int... pieces) {
    return pieces.length < 2 ? pieces : new Word(pieces).merged();
  }

  /** A linked list of pieces; those that were merged into their left neighbor are −1. */
  private final class Word {
    private final int[] pieces;
    private final int[] next;
    private final int[] previous;

    /** Rank and position of the left piece: low ranks first, then from left to right. */
    private final PriorityQueue<Long> queue = new PriorityQueue<>();

    Word(int... pieces) {
      int length = pieces.length;
      this.pieces = pieces.clone();
      next = new int[length];
      previous = new int[length];
      for (int i = 0; i < length; i++) {
        next[i] = i + 1;
        previous[i] = i - 1;
      }
      for (int i = 0; i + 1 < length; i++) {
        offer(i);
      }
    }

    private void offer(int left) {
      Merge merge = at(left);
      if (merge != null) {
        queue.add((long) merge.rank() << 32 | left);
      }
    }

    private @Nullable Merge at(int left) {
      return left < 0 || next[left] >= pieces.length
          ? null
          : merges.get(pair(pieces[left], pieces[next[left]]));
    }

    int[] merged() {
      while (!queue.isEmpty()) {
        long first = queue.remove();
        int left = (int) first;
        Merge merge = pieces[left] < 0 ? null : at(left);
        if (merge != null && merge.rank() == (int) (first >> 32)) {
          merge(left, merge.piece());
        }
      }
      return Arrays.stream(pieces).filter(piece -> piece >= 0).toArray();
    }

    private void merge(int left, int piece) {
      int right = next[left];
      pieces[left] = piece;
      pieces[right] = -1;
      next[left] = next[right];
      if (next[left] < pieces.length) {
        previous[next[left]] = left;
      }
      offer(previous[left]);
      offer(left);
    }
  }
}
