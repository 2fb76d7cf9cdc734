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
 * Learns byte-level BPE: of all pairs of neighbouring pieces within words the most frequent one
 * becomes a piece, again and again. Of equally frequent pairs the one with the lower ids comes
 * first, so the same text gives the same tokenizer.
 */
public final class BpeTrainer {
  /** One for each byte. */
  private static final int SINGLES = 256;

  /** Pairs that are rarer are left alone. */
  private static final int LEAST_COUNT = 2;

  private final int size;
  private final List<AddedToken> added = new ArrayList<>();
  private final AddedTokens special;
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<String> pieces = new ArrayList<>();
  private final Map<String, Long> words = new HashMap<>();

  /**
   * A trainer that has seen no text yet.
   *
   * @param size how many tokens there shall be, special ones and single bytes included
   * @param special tokens, whose ids are the first ones; in a text they are no part of any word
   */
  public BpeTrainer(int size, List<String> special) {
    this.size = size;
    int least = SINGLES + special.size();
    if (size < least) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a vocabulary of %d; at least %d expected: %d bytes and %d for special tokens",
              size,
              least,
              SINGLES,
              special.size()));
    }
    for (String token : special) {
      if (token.isEmpty() || ids.containsKey(token)) {
        throw new UserException("special tokens are " + special + "; different ones expected");
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
          "special token '" + written + "' is what a byte is called; at least two signs expected");
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

  /** How many tokens there are before anything is merged. */
  public int first() {
    return pieces.size();
  }

  /** How many different words were seen. */
  public int words() {
    return words.size();
  }

  /**
   * Learns from all that was added. There are fewer tokens than asked for if no pair is left that
   * comes more than once.
   *
   * @param each told how many tokens there are after every merge; returns whether to go on
   * @return nothing if it was not to go on
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
