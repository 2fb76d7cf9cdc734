package dev.ebt.text.task;

import java.util.Arrays;
import java.util.Optional;

/** Sums of loss and bytes of tokens for each record. */
final class RecordSums {
  private final double[] loss;
  private final double[] bytes;

  RecordSums(int records) {
    this.loss = new double[records];
    this.bytes = new double[records];
  }

  /**
   * Adds a token.
   *
   * @param tokenLoss the loss in nats
   * @param tokenBytes the number of UTF-8 bytes of the token
   */
  void add(int record, double tokenLoss, double tokenBytes) {
    loss[record] += tokenLoss;
    bytes[record] += tokenBytes;
  }

  double bitsPerByte() {
    return sum(loss) / Math.log(2) / sum(bytes);
  }

  Optional<ConfidenceInterval> interval() {
    double[] bits = Arrays.stream(loss).map(nats -> nats / Math.log(2)).toArray();
    return ConfidenceInterval.ofRatio(bits, bytes);
  }

  /** Returns the perplexity of a whole record: exp of the mean loss of a record. */
  double perplexityOfRecord() {
    return Math.exp(sum(loss) / loss.length);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
