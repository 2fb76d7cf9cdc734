package dev.ebt.text.decode;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Philox;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of sampling a token from logits. The result is a pure function of the logits, the
 * preceding tokens, the seed and the position.
 *
 * <p>The settings apply in this order, each to what the one before it left, as in Hugging Face's
 * transformers: repetition penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature the divisor of the logits; 0 takes the most likely token
 * @param topK number of most likely tokens to keep, and those as likely as the last of them; 0
 *     keeps all
 * @param topP the smallest set of most likely tokens is kept whose probability is at least this, of
 *     at least one token
 * @param minP a token is kept if its probability is at least this share of the largest one; 0 keeps
 *     all
 * @param repetitionPenalty the logit of every token that the text already has is divided by this if
 *     it is positive, and multiplied if it is negative (Keskar et al., 2019, arXiv 1909.05858); 1
 *     changes nothing
 * @param seed the seed of the draws
 */
public record TokenSampling(
    Double temperature,
    Integer topK,
    Double topP,
    Double minP,
    Double repetitionPenalty,
    Long seed) {
  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x73616D706C65L;

  /** The bounds of the penalty, within which no product of a logit overflows. */
  static final double LEAST_PENALTY = 1e-3;

  static final double GREATEST_PENALTY = 1e3;

  /**
   * Fills in defaults (unmodified sampling from all tokens) and rejects invalid values, and those
   * that have no effect because the temperature is 0.
   */
  public TokenSampling(
      @Nullable Double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      @Nullable Double minP,
      @Nullable Double repetitionPenalty,
      @Nullable Long seed) {
    temperature = requireNonNullElse(temperature, 1.0);
    topK = requireNonNullElse(topK, 0);
    topP = requireNonNullElse(topP, 1.0);
    minP = requireNonNullElse(minP, 0.0);
    repetitionPenalty = requireNonNullElse(repetitionPenalty, 1.0);
    seed = requireNonNullElse(seed, 0L);
    check("temperature", temperature, temperature >= 0 && !temperature.isInfinite(), "0 or more");
    check("topK", topK, topK >= 0, "0 (all) or more");
    check("topP", topP, topP >= 0 && topP <= 1, "0 to 1");
    check("minP", minP, minP >= 0 && minP <= 1, "0 to 1");
    check(
        "repetitionPenalty",
        repetitionPenalty,
        repetitionPenalty >= LEAST_PENALTY && repetitionPenalty <= GREATEST_PENALTY,
        "0.001 to 1000 (1: none)");
    boolean draws = temperature > 0;
    String likeliest = " with temperature 0, which always takes the likeliest token,";
    check("topK", topK, draws || topK == 0, "0" + likeliest);
    check("topP", topP, draws || topP == 1, "1" + likeliest);
    check("minP", minP, draws || minP == 0, "0" + likeliest);
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    this.minP = minP;
    this.repetitionPenalty = repetitionPenalty;
    this.seed = seed;
  }

  private static void check(String setting, Object value, boolean suitable, String expected) {
    if (!suitable) {
      throw SettingException.of(setting, value, expected);
    }
  }

  /** Creates settings without min-p and repetition penalty. */
  public TokenSampling(
      @Nullable Double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      @Nullable Long seed) {
    this(temperature, topK, topP, null, null, seed);
  }

  /** Returns settings that always take the most likely token. */
  public static TokenSampling likeliest() {
    return new TokenSampling(0.0, null, null, null);
  }

  /**
   * Returns the token for a position, without preceding tokens. Of equal logits the lower token
   * comes first.
   *
   * @param logits one per token; −∞ excludes a token
   * @throws UserException if a logit is NaN or +∞, or if all are −∞
   */
  public int choose(float[] logits, long position) {
    return choose(scores(logits, position), position);
  }

  /**
   * Returns the token that follows a text.
   *
   * @param logits one per token; −∞ excludes a token
   * @param text the tokens so far, and perhaps others
   * @param from the first token of the text, to which the repetition penalty applies
   * @param to the end of the text, which is also the position of the token
   * @throws UserException if a logit is NaN or +∞, or if all are −∞
   */
  public int choose(float[] logits, int[] text, int from, int to) {
    double[] scores = scores(logits, to);
    for (int i = from; i < to; i++) {
      double logit = logits[text[i]]; // The given logit, so that a token is penalized only once.
      scores[text[i]] = logit < 0 ? logit * repetitionPenalty : logit / repetitionPenalty;
    }
    return choose(scores, to);
  }

  private int choose(double[] scores, long position) {
    if (temperature == 0) {
      return likeliest(scores);
    }
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer token) -> 0.0 - scores[token]))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = scores[order[0]];
    double[] weights = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      weights[i] = Math.exp((scores[order[i]] - largest) / temperature);
    }
    int kept = likeEnough(weights, mostOfMass(weights, mostLikely(scores, order)));
    return order[drawn(weights, kept, position)];
  }

  private static int likeliest(double[] scores) {
    int likeliest = 0;
    for (int token = 1; token < scores.length; token++) {
      if (scores[token] > scores[likeliest]) {
        likeliest = token;
      }
    }
    return likeliest;
  }

  /** Returns the number of tokens that top-k keeps. */
  private int mostLikely(double[] scores, int[] order) {
    int count = topK == 0 ? order.length : Math.min(topK, order.length);
    while (count < order.length && scores[order[count]] == scores[order[count - 1]]) {
      count++;
    }
    return count;
  }

  /** Returns the number of these tokens that top-p keeps; weights are in descending order. */
  private int mostOfMass(double[] weights, int count) {
    if (topP == 1) {
      return count;
    }
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    int kept = 1;
    double mass = weights[0];
    while (kept < count && mass < topP * total) {
      mass += weights[kept++];
    }
    return kept;
  }

  /** Returns the number of these tokens that min-p keeps; the first weight is the largest, 1. */
  private int likeEnough(double[] weights, int count) {
    int kept = count;
    while (weights[kept - 1] < minP || weights[kept - 1] == 0) {
      kept--;
    }
    return kept;
  }

  /** Draws one of the first {@code count} indices with probability proportional to its weight. */
  private int drawn(double[] weights, int count, long position) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
    }
    double point = uniform(position) * total;
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

  /** Returns the logits in double precision, in which no penalty overflows. */
  private static double[] scores(float[] logits, long position) {
    double[] scores = new double[logits.length];
    boolean any = false;
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
      scores[token] = logits[token];
      any |= logits[token] != Float.NEGATIVE_INFINITY;
    }
    if (!any) {
      throw new UserException(
          "no token can be chosen at position " + position + ": every logit is -Infinity");
    }
    return scores;
  }
}
