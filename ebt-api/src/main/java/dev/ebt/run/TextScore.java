package dev.ebt.run;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How likely a model finds a text, token by token.
 *
 * @param steps of thinking about each token; 0 of a model that predicts at once
 * @param candidates of which the one of the lowest energy was kept
 * @param evaluations of the network for each token
 * @param seconds of thinking, for all tokens
 * @param contextRule how much of the text before it a token was predicted from, for a person
 * @param tokens in their order, at least one
 */
public record TextScore(
    int steps,
    int candidates,
    int evaluations,
    double seconds,
    String contextRule,
    List<TokenScore> tokens) {
  /** Keeps the tokens unmodifiable. */
  public TextScore {
    tokens = List.copyOf(tokens);
  }

  /**
   * The score of one token.
   *
   * @param text of it alone; half of a character is U+FFFD
   * @param bytes of UTF-8 that it stands for
   * @param loss −ln p(token | text before it), in nats
   * @param energy of the candidate after the last step; empty for a model without energy
   */
  public record TokenScore(String text, int bytes, double loss, OptionalDouble energy) {}

  /** Returns ln p(text) in nats. */
  public double logLikelihood() {
    return -tokens.stream().mapToDouble(TokenScore::loss).sum();
  }

  /** Returns the mean loss of a token, in nats. */
  public double loss() {
    return -logLikelihood() / tokens.size();
  }

  /** Returns exp of the mean loss of a token. */
  public double perplexity() {
    return Math.exp(loss());
  }

  /** Returns how many bytes of UTF-8 the scored tokens stand for. */
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
