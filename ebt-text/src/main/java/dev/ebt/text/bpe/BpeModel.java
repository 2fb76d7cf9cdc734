package dev.ebt.text.bpe;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/**
 * All that makes a byte-level BPE tokenizer; what a {@code tokenizer.json} says of one.
 *
 * @param vocabulary ids of pieces, which are written in the {@link ByteAlphabet}
 * @param merges pairs of pieces in the order in which they are merged
 * @param added tokens that are found before a text is cut into words
 * @param normalization Unicode normal forms that a text is brought into, one after the other
 * @param prefixSpace whether a text is given a space in front
 * @param wholeWords whether a word that is a piece is taken as one without merging
 */
public record BpeModel(
    Map<String, Integer> vocabulary,
    List<Merge> merges,
    List<AddedToken> added,
    List<Normalizer.Form> normalization,
    boolean prefixSpace,
    boolean wholeWords) {

  /** Two pieces that become one. */
  public record Merge(String left, String right) {}

  /** Without normalization and other additions. */
  public BpeModel(Map<String, Integer> vocabulary, List<Merge> merges, List<AddedToken> added) {
    this(vocabulary, merges, added, List.of(), false, false);
  }
}
