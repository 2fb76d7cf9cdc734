package dev.ebt.text.bpe;

import com.google.common.primitives.ImmutableIntArray;
import dev.ebt.error.Required;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Frequencies of pairs of adjacent pieces in words, updated while pairs are merged. */
final class PairCounts {
  /** Two adjacent pieces. */
  record Pair(int left, int right) {}

  /** A pair with its frequency when it was queued. */
  private record Queued(Pair pair, long count) {}

  private static final Comparator<Queued> MOST_FREQUENT =
      Comparator.comparingLong((Queued queued) -> -queued.count())
          .thenComparingInt(queued -> queued.pair().left())
          .thenComparingInt(queued -> queued.pair().right());

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> frequencies = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();

  /** Words in which a pair occurred; some may no longer contain it. */
  private final Map<Pair, ImmutableIntArray.Builder> places = new HashMap<>();

  private final Set<Pair> risen = new HashSet<>();
  private final PriorityQueue<Queued> queue = new PriorityQueue<>(MOST_FREQUENT);

  /** Adds the pairs of a word with its frequency. */
  void add(int[] word, long frequency) {
    int index = words.size();
    words.add(word);
    frequencies.add(frequency);
    for (int i = 0; i + 1 < word.length; i++) {
      raise(word[i], word[i + 1], index);
    }
  }

  private void raise(int left, int right, int index) {
    Pair pair = new Pair(left, right);
    counts.merge(pair, frequencies.get(index), Long::sum);
    places.computeIfAbsent(pair, p -> ImmutableIntArray.builder()).add(index);
    risen.add(pair);
  }

  private void lower(int left, int right, int index) {
    counts.merge(new Pair(left, right), -frequencies.get(index), Long::sum);
  }

  /** Returns the most frequent pair, if it reaches the given frequency. */
  Optional<Pair> mostFrequent(long least) {
    risen.forEach(pair -> queue.add(new Queued(pair, Required.of(counts, pair))));
    risen.clear();
    while (!queue.isEmpty() && queue.element().count() >= least) {
      Queued first = queue.remove();
      long count = counts.getOrDefault(first.pair(), 0L);
      if (count == first.count()) {
        return Optional.of(first.pair());
      }
      if (count > 0 && count < first.count()) {
        queue.add(new Queued(first.pair(), count));
      }
    }
    return Optional.empty();
  }

  /** Merges all occurrences of a pair into one piece, from left to right. */
  void merge(Pair pair, int piece) {
    Required.of(places, pair).build().stream()
        .distinct()
        .forEach(index -> words.set(index, merged(index, pair, piece)));
    places.remove(pair);
    counts.remove(pair);
  }

  private int[] merged(int index, Pair pair, int piece) {
    int[] word = words.get(index);
    int[] merged = new int[word.length];
    int length = 0;
    int i = 0;
    while (i < word.length) {
      int end = i + 2;
      boolean here = end <= word.length && word[i] == pair.left() && word[i + 1] == pair.right();
      if (here && length > 0) {
        lower(merged[length - 1], pair.left(), index);
        raise(merged[length - 1], piece, index);
      }
      if (here && end < word.length) {
        lower(pair.right(), word[end], index);
        raise(piece, word[end], index);
      }
      merged[length++] = here ? piece : word[i];
      i += here ? 2 : 1;
    }
    return Arrays.copyOf(merged, length);
  }
}
