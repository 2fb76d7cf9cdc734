package dev.ebt.text.bpe;

import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeModel.Merge;
import dev.ebt.text.token.SurrogateRepair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * A trainer for byte-level BPE: it repeatedly merges the most frequent pair of adjacent pieces
 * within words. Of equally frequent pairs the one with the lower ids is merged first, so the result
 * is deterministic.
 */
public final class BpeTrainer {
  /** The number of single-byte pieces. */
  private static final int SINGLES = 256;

  /** The minimum frequency of a merged pair. */
  private static final int LEAST_COUNT = 2;

  private final int size;
  private final List<AddedToken> added = new ArrayList<>();
  private final AddedTokens special;
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<String> pieces = new ArrayList<>();
  private final Map<String, Long> words = new HashMap<>();

  /**
   * Creates a trainer without text.
   *
   * @param size the size of the vocabulary, including special tokens and single bytes
   * @param special tokens with the first ids; they are never part of a word
   */
  public BpeTrainer(int size, List<String> special) {
    this.size = size;
    int least = SINGLES + special.size();
    if (size < least) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the vocabulary size is %d; it must be at least %d: %d bytes and %d special"
                  + " tokens",
              size,
              least,
              SINGLES,
              special.size()));
    }
    for (String token : special) {
      if (token.isEmpty() || ids.containsKey(token)) {
        throw new UserException("special tokens are " + special + "; they must be distinct");
      }
      added.add(AddedToken.special(piece(token), token));
    }
    this.special = new AddedTokens(added);
    Set<String> singles = new TreeSet<>();
    for (int code = 0; code < SINGLES; code++) {
      singles.add(ByteAlphabet.write((byte) code));
    }
    singles.forEach(this::single);
  }

  private void single(String written) {
    if (ids.containsKey(written)) {
      throw new UserException(
          "special token '" + written + "' is the name of a byte; use at least two characters");
    }
    piece(written);
  }

  private int piece(String written) {
    Integer known = ids.putIfAbsent(written, pieces.size());
    if (known != null) {
      return known;
    }
    pieces.add(written);
    return pieces.size() - 1;
  }

  /** Counts the words of a text. */
  public void add(String text) {
    special.cut(
        SurrogateRepair.of(text),
        part -> Words.cut(part, word -> words.merge(word, 1L, Long::sum)),
        token -> {});
  }

  /** Returns the number of tokens before the first merge. */
  public int first() {
    return pieces.size();
  }

  /** Returns the number of distinct words. */
  public int words() {
    return words.size();
  }

  /**
   * Trains on all added texts. The vocabulary is smaller than requested if no pair occurs at least
   * twice.
   *
   * @param each receives the number of tokens after every merge and returns true to continue
   * @return the model, or empty if {@code each} returned false
   */
  public Optional<BpeModel> train(IntPredicate each) {
    PairCounts counts = new PairCounts();
    words.forEach((word, count) -> counts.add(encoded(word), count));
    List<Merge> merges = new ArrayList<>();
    while (pieces.size() < size) {
      Optional<PairCounts.Pair> best = counts.mostFrequent(LEAST_COUNT);
      if (best.isEmpty()) {
        break;
      }
      Merge merge = new Merge(pieces.get(best.get().left()), pieces.get(best.get().right()));
      merges.add(merge);
      counts.merge(best.get(), piece(merge.left() + merge.right()));
      if (!each.test(pieces.size())) {
        return Optional.empty();
      }
    }
    return Optional.of(new BpeModel(new LinkedHashMap<>(ids), List.copyOf(merges), added));
  }

  private int[] encoded(String word) {
    String written = ByteAlphabet.write(word.getBytes(StandardCharsets.UTF_8));
    return written.chars().map(character -> ids.get(Character.toString(character))).toArray();
  }
}
