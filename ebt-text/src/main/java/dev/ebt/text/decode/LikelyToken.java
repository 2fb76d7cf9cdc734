package dev.ebt.text.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A token that a candidate makes likely.
 *
 * @param probability its probability under the softmax of the logits
 */
public record LikelyToken(int token, double probability) {
  /**
   * Returns the likeliest tokens, the likeliest first; of equal ones the lower token comes first.
   *
   * @param logits one per token
   * @param count how many at most
   */
  public static List<LikelyToken> of(float[] logits, int count) {
    Comparator<Integer> likelier =
        Comparator.<Integer>comparingDouble(token -> 0.0 - logits[token])
            .thenComparing(Comparator.naturalOrder());
    PriorityQueue<Integer> kept = new PriorityQueue<>(likelier.reversed());
    for (int token = 0; token < logits.length; token++) {
      kept.add(token);
      if (kept.size() > count) {
        kept.remove();
      }
    }
    List<Integer> order = new ArrayList<>(kept);
    order.sort(likelier);
    return order.stream().map(token -> new LikelyToken(token, probability(logits, token))).toList();
  }

  /** Returns the likeliest token; of equally likely ones the lowest. */
  static int likeliest(float[] logits) {
    int likeliest = 0;
    for (int token = 1; token < logits.length; token++) {
      if (logits[token] > logits[likeliest]) {
        likeliest = token;
      }
    }
    return likeliest;
  }

  /** Returns the probability of a token under the softmax of logits. */
  static double probability(float[] logits, int token) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double total = 0;
    for (float logit : logits) {
      total += Math.exp(logit - largest);
    }
    return Math.exp(logits[token] - largest) / total;
  }
}
