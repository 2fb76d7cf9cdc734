package dev.ebt.run;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.modality.TokenModality;
import dev.ebt.predict.Predictor;
import dev.ebt.run.TextScore.LikelyToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The likeliest tokens of candidates that are logits. */
final class LikelyTokens {
  private final Modality modality;
  private final int count;

  /**
   * Creates a list.
   *
   * @param count the number of tokens for each prediction; 0 for none
   * @throws UserException if there are some, and the modality is not one of tokens
   */
  LikelyTokens(Modality modality, int count) {
    if (count > 0 && !(modality instanceof TokenModality)) {
      throw new UserException("only a model of text has likely tokens");
    }
    this.modality = modality;
    this.count = count;
  }

  /**
   * Returns the likeliest tokens of each prediction, the likeliest first.
   *
   * @param weight of each prediction; those of weight 0 have none
   */
  List<List<LikelyToken>> of(Predictor predictor, float[] weight) {
    if (count == 0 || !(modality instanceof TokenModality text)) {
      return Collections.nCopies(weight.length, List.of());
    }
    float[] logits = predictor.candidate().floats();
    int vocabulary = logits.length / weight.length;
    List<List<LikelyToken>> all = new ArrayList<>();
    for (int i = 0; i < weight.length; i++) {
      all.add(weight[i] == 0 ? List.of() : likeliest(text, logits, i * vocabulary, vocabulary));
    }
    return all;
  }

  private List<LikelyToken> likeliest(
      TokenModality text, float[] logits, int begin, int vocabulary) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int token = 0; token < vocabulary; token++) {
      largest = Math.max(largest, logits[begin + token]);
    }
    double sum = 0;
    for (int token = 0; token < vocabulary; token++) {
      sum += Math.exp(logits[begin + token] - largest);
    }
    double normalizer = largest + Math.log(sum);
    return IntStream.range(0, vocabulary)
        .boxed()
        .sorted((a, b) -> Float.compare(logits[begin + b], logits[begin + a]))
        .limit(count)
        .map(
            token ->
                new LikelyToken(text.tokenizer().decode(token), normalizer - logits[begin + token]))
        .toList();
  }
}
