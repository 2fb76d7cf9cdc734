package dev.ebt.run;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The likelihood of a text under a model, token by token.
 *
 * @param steps the thinking steps for each token; 0 for a model that predicts directly
 * @param candidates the number of candidates, of which one was selected per token
 * @param evaluations the evaluations of the network for each token, or their mean
 * @param seconds the seconds of thinking, for all tokens
 * @param contextRule a description of how much preceding text each token was predicted from
 * @param tokens the tokens in order, at least one
 */
public record TextScore(
    int steps,
    int candidates,
    Number evaluations,
    double seconds,
    String contextRule,
    List<TokenScore> tokens) {
  /** Copies the tokens. */
  public TextScore {
    tokens = List.copyOf(tokens);
  }

  /**
   * The score of one token.
   *
   * @param text the text of this token alone; an incomplete character is U+FFFD
   * @param bytes the number of UTF-8 bytes of the token
   * @param loss −ln p(token | text before it), in nats
   * @param energy the energy of the candidate after the last step; empty for a model without energy
   * @param likeliest the likeliest tokens at its place, the likeliest first; none unless they were
   *     asked for
   */
  public record TokenScore(
      String text, int bytes, double loss, OptionalDouble energy, List<LikelyToken> likeliest) {
    /** Copies the list. */
    public TokenScore {
      likeliest = List.copyOf(likeliest);
    }
  }

  /**
   * A token that could have been at a place.
   *
   * @param text its text alone
   * @param loss −ln p of it, in nats
   */
  public record LikelyToken(String text, double loss) {}

  /** Returns ln p(text) in nats. */
  public double logLikelihood() {
    return -tokens.stream().mapToDouble(TokenScore::loss).sum();
  }

  /** Returns the mean loss of a token, in nats. */
  public double loss() {
    return -logLikelihood() / tokens.size();
  }

  /** Returns the exponential of the mean loss of a token. */
  public double perplexity() {
    return Math.exp(loss());
  }

  /** Returns the number of UTF-8 bytes of the scored tokens. */
  public long bytes() {
    return tokens.stream().mapToLong(TokenScore::bytes).sum();
  }

  /** Returns −log₂ p(text) per byte. */
  public double bitsPerByte() {
    return -logLikelihood() / Math.log(2) / bytes();
  }

  /** Returns the mean energy of the tokens; empty for a model without energy. */
  public OptionalDouble energy() {
    return tokens.stream().flatMapToDouble(token -> token.energy().stream()).average();
  }
}
