package dev.ebt.text.window;

import dev.ebt.error.UserException;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Text for training and other text for validation.
 *
 * @param method a readable description of how they were split
 */
public record TextSplit(Tokens training, Tokens validation, String method) {
  /** With fewer documents than this, the split is by position and not by document. */
  public static final int DOCUMENTS_TO_SPLIT = 20;

  /**
   * Splits a corpus. If it has at least {@value #DOCUMENTS_TO_SPLIT} distinct documents, each goes
   * to one side by the hash of its text: equal documents stay together, and a document stays on its
   * side when others are added. Otherwise the last part of the joined text is for validation.
   *
   * @param fraction the share for validation, approximate, of documents or of tokens. 0 uses all
   *     for training, 1 all for validation
   */
  public static TextSplit of(Corpus corpus, double fraction) {
    Tokens none = Tokens.builder(1).build();
    if (fraction == 0) {
      return checked(new TextSplit(corpus.joined(), none, "all for training"), fraction);
    }
    if (fraction == 1) {
      return checked(new TextSplit(none, corpus.joined(), "all for validation"), fraction);
    }
    long[] hashes = corpus.hashes();
    return checked(
        hashes.length >= DOCUMENTS_TO_SPLIT
            ? byDocument(corpus, hashes, fraction)
            : byPlace(corpus, fraction),
        fraction);
  }

  /**
   * Returns a split of two corpora, where documents in both are for validation only.
   *
   * @param method a readable description of how the two were chosen
   */
  public static TextSplit of(Corpus training, Corpus validation, String method) {
    long[] hashes = validation.hashes();
    LongPredicate chosen = hash -> Arrays.binarySearch(hashes, hash) >= 0;
    long shared = training.count(chosen);
    if (shared == training.documents()) {
      throw new UserException(
          "the text for validation is the text for training; another text for one of them expected:"
              + " data.validationPath, or the folder named like it");
    }
    String dropped =
        shared == 0 ? "" : ", " + shared + " duplicate documents not used for training";
    return checked(
        new TextSplit(training.joined(chosen.negate()), validation.joined(), method + dropped),
        0.5);
  }

  private static TextSplit byDocument(Corpus corpus, long[] sorted, double fraction) {
    double bound = Math.scalb(fraction, 64);
    long chosen = Arrays.stream(sorted).filter(hash -> unsigned(hash) < bound).count();
    // With few documents one side may be empty by chance.
    LongPredicate forValidation =
        chosen == 0
            ? hash -> hash == sorted[0]
            : chosen == sorted.length ? hash -> hash != sorted[0] : hash -> unsigned(hash) < bound;
    return new TextSplit(
        corpus.joined(forValidation.negate()), corpus.joined(forValidation), "split by document");
  }

  private static double unsigned(long hash) {
    return Math.scalb((double) (hash >>> 11), 11);
  }

  private static TextSplit byPlace(Corpus corpus, double fraction) {
    Tokens all = corpus.joined();
    long cut = Math.round(all.size() * (1 - fraction));
    return new TextSplit(
        all.slice(0, cut), all.slice(cut, all.size()), "the last part for validation");
  }

  private static TextSplit checked(TextSplit split, double fraction) {
    boolean trainable = fraction == 1 || split.training.size() >= 2;
    boolean judgeable = fraction == 0 || split.validation.size() >= 2;
    if (!trainable || !judgeable) {
      throw new UserException(
          "too little text: "
              + split.training.size()
              + " tokens for training and "
              + split.validation.size()
              + " for validation; at least 2 of each expected: a longer text, or another data.validation");
    }
    return split;
  }
}
