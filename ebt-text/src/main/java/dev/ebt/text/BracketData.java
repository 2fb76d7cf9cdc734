package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.text.grammar.BracketGrammar;
import dev.ebt.text.grammar.DeepLines;
import dev.ebt.text.read.Document;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Settings of the built-in text.
 *
 * @param documents lines to learn from
 * @param validationDocuments lines to be judged by
 * @param seed of the lines; no line for training is ever one for validation, whatever the seeds
 * @param maxDepth how deep brackets may be nested
 * @param minDepth only lines that are somewhere nested at least so deep; 1 for all. A model of
 *     shallow lines is judged by deeper ones with both: {@code --set data.maxDepth=6 --set
 *     data.minDepth=4}
 */
public record BracketData(
    Integer documents, Integer validationDocuments, Long seed, Integer maxDepth, Integer minDepth)
    implements TextSource {

  /** Lines that are written, at most, to find those that are asked for. */
  private static final double MOST_LINES = 2e7;

  /** Fills in defaults and refuses what has no meaning. */
  public BracketData {
    documents = requireNonNullElse(documents, 100_000);
    validationDocuments = requireNonNullElse(validationDocuments, Math.max(1, documents / 50));
    seed = requireNonNullElse(seed, 1L);
    maxDepth = requireNonNullElse(maxDepth, 3);
    minDepth = requireNonNullElse(minDepth, 1);
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
    if (minDepth < 1 || minDepth > maxDepth) {
      throw new UserException(
          "data.minDepth is " + minDepth + "; 1 to data.maxDepth, " + maxDepth + ", expected");
    }
    double share = lines(maxDepth, minDepth).share();
    if (Math.max(documents, (double) BracketDataset.VALIDATION_SHARE * validationDocuments) / share
        > MOST_LINES) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "data.minDepth is %d: one line in %,.0f is nested so deep, too few to find %,d of them; fewer data.documents or a smaller data.minDepth expected",
              minDepth,
              1 / share,
              documents));
    }
  }

  /** The lines that these settings choose from. */
  DeepLines lines() {
    return lines(maxDepth, minDepth);
  }

  private static DeepLines lines(int maxDepth, int minDepth) {
    return new DeepLines(new BracketGrammar(maxDepth), minDepth);
  }

  /** The signs of the grammar, which every text of some length has. */
  @Override
  public void documents(Consumer<Document> reader) {
    reader.accept(new Document("the grammar of brackets", BracketGrammar.SIGNS));
  }
}
