package dev.ebt.text.decode;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.tensor.Philox;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Settings of sampling a token from logits. The result is a pure function of the logits, the seed
 * and the position.
 *
 * @param temperature the divisor of the logits; 0 takes the most likely token
 * @param topK number of most likely tokens to keep; 0 keeps all
 * @param topP of these, most likely first, a token is kept while the probability before it is at
 *     most this
 * @param seed the seed of the draws
 */
public record TokenSampling(Double temperature, Integer topK, Double topP, Long seed) {
  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x73616D706C65L;

  /** Fills in defaults (unmodified sampling from all tokens) and rejects invalid values. */
  public TokenSampling {
    temperature = requireNonNullElse(temperature, 1.0);
    topK = requireNonNullElse(topK, 0);
    topP = requireNonNullElse(topP, 1.0);
    seed = requireNonNullElse(seed, 0L);
    if (!(temperature >= 0) || temperature.isInfinite()) {
      throw new UserException("temperature is " + temperature + "; 0 or more expected");
    }
    if (topK < 0) {
      throw new UserException("topK is " + topK + "; 0 (all) or more expected");
    }
    if (!(topP >= 0 && topP <= 1)) {
      throw new UserException("topP is " + topP + "; 0 to 1 expected");
    }
  }

  /** Returns settings that always take the most likely token. */
  public static TokenSampling likeliest() {
    return new TokenSampling(0.0, null, null, null);
  }

  /**
   * Returns the token for a position. Of equal logits the lower token comes first.
   *
   * @param logits one per token; −∞ excludes a token
   * @throws UserException if a logit is NaN or +∞, or if all are −∞
   */
  public int choose(float[] logits, long position) {
    float largest = largest(logits, position);
    int[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer token) -> 0.0 - logits[token]))
            .mapToInt(Integer::intValue)
            .toArray();
    if (temperature == 0) {
      return order[0];
    }
    int count = topK == 0 ? order.length : Math.min(topK, order.length);
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = Math.exp(((double) logits[order[i]] - largest) / temperature);
    }
    return order[drawn(weights, position)];
  }

  /**
   * Draws an index with probability proportional to its weight; weights are in descending order.
   */
  private int drawn(double[] weights, long position) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double kept = 0;
    int count = 0;
    while (count < weights.length && weights[count] > 0 && kept <= topP * total) {
      kept += weights[count++];
    }
    double point = uniform(position) * kept;
    int index = 0;
    while (index < count - 1 && point >= weights[index]) {
      point -= weights[index++];
    }
    return index;
  }

  private double uniform(long position) {
    int[] words = Philox.block(Philox.key(seed, SITE), position, 0);
    long bits = ((long) words[0] << 32) | (words[1] & 0xFFFFFFFFL);
    return (bits >>> 11) * 0x1p-53;
  }

  private static float largest(float[] logits, long position) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int token = 0; token < logits.length; token++) {
      if (Float.isNaN(logits[token]) || logits[token] == Float.POSITIVE_INFINITY) {
        throw new UserException(
            "no token can be chosen at position "
                + position
                + ": the logit of token "
                + token
                + " is "
                + logits[token]
                + ". The model has diverged or its checkpoint is damaged; fewer thinking steps may help");
      }
      largest = Math.max(largest, logits[token]);
    }
    if (largest == Float.NEGATIVE_INFINITY) {
      throw new UserException(
          "no token can be chosen at position " + position + ": every logit is -Infinity");
    }
    return largest;
  }
}
