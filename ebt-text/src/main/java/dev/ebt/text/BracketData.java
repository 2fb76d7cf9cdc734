package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.text.grammar.BracketGrammar;

/**
 * Settings of the built-in text.
 *
 * @param documents lines to learn from
 * @param validationDocuments lines to be judged by
 * @param seed of the lines; no line for training is ever one for validation, whatever the seeds
 * @param maxDepth how deep brackets may be nested
 */
public record BracketData(
    Integer documents, Integer validationDocuments, Long seed, Integer maxDepth) {

  /** Fills in defaults and refuses what has no meaning. */
  public BracketData {
    documents = requireNonNullElse(documents, 100_000);
    validationDocuments = requireNonNullElse(validationDocuments, Math.max(1, documents / 50));
    seed = requireNonNullElse(seed, 1L);
    maxDepth = requireNonNullElse(maxDepth, 3);
    if (documents < 1) {
      throw new UserException("data.documents is " + documents + "; at least 1 expected");
    }
    if (validationDocuments < 1) {
      throw new UserException(
          "data.validationDocuments is " + validationDocuments + "; at least 1 expected");
    }
    if (maxDepth < 1 || maxDepth > BracketGrammar.DEEPEST) {
      throw new UserException(
          "data.maxDepth is " + maxDepth + "; 1 to " + BracketGrammar.DEEPEST + " expected");
    }
  }
}
