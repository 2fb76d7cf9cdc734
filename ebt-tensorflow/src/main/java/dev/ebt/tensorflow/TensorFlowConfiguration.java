package dev.ebt.tensorflow;

import dev.ebt.error.UserException;

/**
 * How TensorFlow computes.
 *
 * @param device where
 * @param intraThreads threads that share one operation; 0 for as many as the machine has
 * @param interThreads operations that may run side by side; 0 for as many as the machine has
 * @param metaOptimizer whether Grappler rewrites each graph before its first run: seconds for a
 *     large one, and on most machines little or nothing gained, since programs arrive simplified
 */
public record TensorFlowConfiguration(
    DeviceChoice device, int intraThreads, int interThreads, boolean metaOptimizer) {
  /** Checks the counts. */
  public TensorFlowConfiguration {
    check("intraThreads", intraThreads);
    check("interThreads", interThreads);
  }

  /** The best device there is, all its threads, no Grappler. */
  public static TensorFlowConfiguration defaults() {
    return new TensorFlowConfiguration(DeviceChoice.AUTO, 0, 0, false);
  }

  /** This, on another device. */
  public TensorFlowConfiguration on(DeviceChoice other) {
    return new TensorFlowConfiguration(other, intraThreads, interThreads, metaOptimizer);
  }

  /** This, with other numbers of threads. */
  public TensorFlowConfiguration withThreads(int intra, int inter) {
    return new TensorFlowConfiguration(device, intra, inter, metaOptimizer);
  }

  private static void check(String name, int threads) {
    if (threads < 0 || threads > 1024) {
      throw new UserException(
          "backend."
              + name
              + ": expected 0 (all) to 1024 threads, found "
              + threads
              + "; leave it out to use all processors");
    }
  }
}
