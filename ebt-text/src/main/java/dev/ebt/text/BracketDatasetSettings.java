package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.TokenizerTrainingText;
import dev.ebt.text.grammar.BracketGrammar;
import dev.ebt.text.grammar.DeepLines;
import dev.ebt.text.grammar.HeldOutLines;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Settings of the built-in text.
 *
 * @param documents number of training lines
 * @param validationDocuments number of validation lines
 * @param seed the seed of the lines; no training line is ever a validation line, whatever the seeds
 * @param maxDepth maximum nesting depth of brackets
 * @param minDepth minimum nesting depth of a line; 1 for all lines. To evaluate a model of shallow
 *     lines on deeper ones, set both: {@code --set data.maxDepth=6 --set data.minDepth=4}
 * @param nesting probability of nesting below the maximum depth, between 0 and 1: a dialect of the
 *     text
 * @param digitSkew s, for first numbers a of sums with a probability proportional to exp(-s a)
 *     instead of uniform ones: a dialect of the text
 */
public record BracketDatasetSettings(
    Integer documents,
    Integer validationDocuments,
    Long seed,
    Integer maxDepth,
    Integer minDepth,
    Double nesting,
    Double digitSkew)
    implements TokenizerTrainingText {

  /** The maximum number of lines to generate in search of lines of the required depth. */
  private static final double MOST_LINES = 2e7;

  private static final double MOST_SKEW = 5;

  /** Creates settings of the usual text, no dialect. */
  public BracketDatasetSettings(
      Integer documents,
      Integer validationDocuments,
      Long seed,
      Integer maxDepth,
      Integer minDepth) {
    this(documents, validationDocuments, seed, maxDepth, minDepth, BracketGrammar.NESTED, 0.0);
  }

  /** Fills in defaults and rejects invalid values. */
  public BracketDatasetSettings {
    documents = requireNonNullElse(documents, 100_000);
    validationDocuments = requireNonNullElse(validationDocuments, Math.max(1, documents / 50));
    seed = requireNonNullElse(seed, 1L);
    maxDepth = requireNonNullElse(maxDepth, 3);
    minDepth = requireNonNullElse(minDepth, 1);
    if (documents < 1) {
      throw new SettingException("data.documents", "is " + documents + "; at least 1 expected");
    }
    if (validationDocuments < 1) {
      throw new SettingException(
          "data.validationDocuments", "is " + validationDocuments + "; at least 1 expected");
    }
    if (maxDepth < 1 || maxDepth > BracketGrammar.DEEPEST) {
      throw new SettingException(
          "data.maxDepth", "is " + maxDepth + "; 1 to " + BracketGrammar.DEEPEST + " expected");
    }
    if (minDepth < 1 || minDepth > maxDepth) {
      throw new SettingException(
          "data.minDepth", "is " + minDepth + "; 1 to data.maxDepth, " + maxDepth + ", expected");
    }
    nesting = requireNonNullElse(nesting, BracketGrammar.NESTED);
    digitSkew = requireNonNullElse(digitSkew, 0.0);
    if (!(nesting > 0 && nesting < 1)) {
      throw new SettingException(
          "data.nesting", "is " + nesting + "; a number between 0 and 1 expected");
    }
    if (!(Math.abs(digitSkew) <= MOST_SKEW)) {
      throw new SettingException(
          "data.digitSkew",
          "is " + digitSkew + "; -" + MOST_SKEW + " to " + MOST_SKEW + " expected");
    }
    double share =
        new DeepLines(new BracketGrammar(maxDepth, nesting, digitSkew), minDepth).share();
    if (Math.max(documents, (double) HeldOutLines.SHARE * validationDocuments) / share
        > MOST_LINES) {
      throw new SettingException(
          "data.minDepth",
          String.format(
              Locale.ROOT,
              "is %d: only one line in %,.0f has this nesting depth, too few"
                  + " to find %,d of them; use fewer data.documents or a smaller data.minDepth",
              minDepth,
              1 / share,
              documents));
    }
  }

  /** Returns the set of lines that these settings select from. */
  DeepLines lines() {
    return new DeepLines(new BracketGrammar(maxDepth, nesting, digitSkew), minDepth);
  }

  /** Passes on the signs of the grammar, which every text of some length contains. */
  @Override
  public void documents(Consumer<Document> reader) {
    reader.accept(new Document("the grammar of brackets", BracketGrammar.SIGNS));
  }
}
