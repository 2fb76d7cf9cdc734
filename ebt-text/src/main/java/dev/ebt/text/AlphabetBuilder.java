package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.plugin.PartContext;
import dev.ebt.text.document.TokenizerTrainingText;
import java.util.BitSet;

/** The collection of the alphabet of a character tokenizer from data. */
final class AlphabetBuilder {
  private AlphabetBuilder() {}

  /** Returns the distinct characters of a run's data, sorted by code point. */
  static String of(PartContext context) {
    if (!(context.data() instanceof TokenizerTrainingText source)) {
      throw new UserException(
          "the characters of this dataset cannot be determined: list them all with --set"
              + " modality.tokenizer.alphabet=…");
    }
    BitSet points = new BitSet();
    source.documents(document -> document.text().codePoints().forEach(points::set));
    points.clear(0);
    StringBuilder alphabet = new StringBuilder();
    points.stream()
        .map(point -> isHalf(point) ? '?' : point)
        .distinct()
        .sorted()
        .forEach(alphabet::appendCodePoint);
    return alphabet.toString();
  }

  /** Returns whether this is an unpaired surrogate, which the tokenizer replaces by "?". */
  private static boolean isHalf(int point) {
    return Character.getType(point) == Character.SURROGATE;
  }
}
