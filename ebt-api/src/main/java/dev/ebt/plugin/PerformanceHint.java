package dev.ebt.plugin;

import java.util.stream.LongStream;

/** The kind of work that a backend is tuned for, by which it may choose its number of threads. */
public enum PerformanceHint {
  /** Large programs: training, evaluation, and the predictions of large models. */
  THROUGHPUT,

  /**
   * Small programs, one after another: a small model predicts the elements of a sequence. Sharing
   * one of their operations between threads costs more than it saves.
   */
  LATENCY;

  /**
   * The most numbers in a parameter of a small model, such as a matrix of a feed-forward network of
   * width 256 with four times as many hidden units. One thread was measured to be faster than two
   * up to here ({@code docs/results.md}); larger models were not measured.
   */
  private static final long SMALL = 1 << 18;

  /**
   * Returns the hint for a model that answers requests, by the number of elements of each of its
   * parameters.
   */
  public static PerformanceHint forInference(LongStream parameterSizes) {
    return parameterSizes.allMatch(size -> size <= SMALL) ? LATENCY : THROUGHPUT;
  }
}
