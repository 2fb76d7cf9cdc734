package dev.ebt.tensorflow;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import java.util.Locale;

/**
 * How TensorFlow computes. What is not given gets its default.
 *
 * @param device where (auto)
 * @param intraThreads threads that share one operation; 0 for as many as the machine has (0)
 * @param interThreads operations that may run side by side; 0 for as many as the machine has (0)
 * @param metaOptimizer whether Grappler rewrites each graph before its first run (no): seconds for
 *     a large one and on most machines little or nothing gained, since programs arrive simplified
 */
public record TensorFlowConfiguration(
    DeviceChoice device, Integer intraThreads, Integer interThreads, Boolean metaOptimizer) {
  private static final int MOST_THREADS = 1024;

  /** Fills in defaults and checks the counts. */
  public TensorFlowConfiguration {
    device = requireNonNullElse(device, DeviceChoice.AUTO);
    intraThreads = requireNonNullElse(intraThreads, 0);
    interThreads = requireNonNullElse(interThreads, 0);
    metaOptimizer = requireNonNullElse(metaOptimizer, false);
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
    if (threads < 0 || threads > MOST_THREADS) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "backend.%s is %d; 0 (all processors) to %d expected",
              name,
              threads,
              MOST_THREADS));
    }
  }
}
