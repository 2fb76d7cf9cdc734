package dev.ebt.text;

import dev.ebt.inference.Prediction;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import java.util.OptionalDouble;

/** The conversion of generated tokens to predictions. */
final class TokenPredictions {
  private TokenPredictions() {}

  /**
   * Returns a token as a prediction.
   *
   * @param piece what it adds to the text
   */
  static Prediction of(Tokenizer tokenizer, String piece, GeneratedToken token) {
    return new Prediction(
        piece,
        tokenizer.decode(token.token()),
        token.energies(),
        token.evaluations(),
        OptionalDouble.of(Math.log(token.probability())),
        token.likely().stream()
            .map(
                likely ->
                    new Prediction.Alternative(
                        tokenizer.decode(likely.token()), Math.log(likely.probability())))
            .toList());
  }
}
