package dev.ebt.text.bpe;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/**
 * The definition of a byte-level BPE tokenizer, the content of a {@code tokenizer.json}.
 *
 * @param vocabulary ids by piece; pieces are written in the {@link ByteAlphabet}
 * @param merges pairs of pieces in merge order
 * @param added tokens that are matched before a text is split into words
 * @param normalization Unicode normalization forms that are applied in order
 * @param prefixSpace true to prepend a space to every text
 * @param wholeWords true to encode a word that is a piece as one token without merging
 */
public record BpeModel(
    Map<String, Integer> vocabulary,
    List<Merge> merges,
    List<AddedToken> added,
    List<Normalizer.Form> normalization,
    boolean prefixSpace,
    boolean wholeWords) {

  /** A pair of pieces that is merged into one. */
  public record Merge(String left, String right) {}

  /** Creates a model without normalization and other options. */
  public BpeModel(Map<String, Integer> vocabulary, List<Merge> merges, List<AddedToken> added) {
    this(vocabulary, merges, added, List.of(), false, false);
  }
}
