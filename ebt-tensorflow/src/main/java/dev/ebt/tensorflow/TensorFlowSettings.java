package dev.ebt.tensorflow;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.plugin.PerformanceHint;
import java.util.Locale;

/**
 * Settings of the TensorFlow backend. Omitted settings take their defaults.
 *
 * @param device the device to use (auto)
 * @param intraThreads threads that share one operation; 0 for one per processor, or one where a
 *     small model predicts the elements of a sequence, whose operations take less time than sharing
 *     them between threads (0)
 * @param interThreads operations that may run concurrently; 0 as for {@code intraThreads} (0)
 * @param metaOptimizer whether Grappler rewrites each graph before its first run (no): it takes
 *     seconds for a large graph and gains little or nothing on most machines, since programs are
 *     already simplified
 * @param xla whether XLA compiles small programs, such as those that predict one token, on their
 *     first run (no): it takes seconds for each of them
 * @param precision of large matrix products (float32): with {@code bfloat16} factors and results
 *     are rounded to 8 significant bits, which is faster on processors and GPUs that have
 *     instructions for it, and several times slower on others; {@code auto} measures a product at
 *     each start, so that runs to be repeated bit for bit name one of the two. A product is large
 *     from 2²⁰ multiplications on, with no side below 32, so that tokens one by one are predicted
 *     in single precision
 */
public record TensorFlowSettings(
    DeviceChoice device,
    Integer intraThreads,
    Integer interThreads,
    Boolean metaOptimizer,
    Boolean xla,
    PrecisionChoice precision) {
  private static final int MOST_THREADS = 1024;

  /** Fills in defaults and checks the counts. */
  public TensorFlowSettings {
    device = requireNonNullElse(device, DeviceChoice.AUTO);
    intraThreads = requireNonNullElse(intraThreads, 0);
    interThreads = requireNonNullElse(interThreads, 0);
    metaOptimizer = requireNonNullElse(metaOptimizer, false);
    xla = requireNonNullElse(xla, false);
    precision = requireNonNullElse(precision, PrecisionChoice.FLOAT32);
    check("intraThreads", intraThreads);
    check("interThreads", interThreads);
  }

  /** Returns the defaults: the best available device, all its threads, no Grappler. */
  public static TensorFlowSettings defaults() {
    return new TensorFlowSettings(DeviceChoice.AUTO, 0, 0, false, false, PrecisionChoice.FLOAT32);
  }

  /** Returns this configuration with another device. */
  public TensorFlowSettings on(DeviceChoice other) {
    return new TensorFlowSettings(other, intraThreads, interThreads, metaOptimizer, xla, precision);
  }

  /** Returns this configuration with other numbers of threads. */
  public TensorFlowSettings withThreads(int intra, int inter) {
    return new TensorFlowSettings(device, intra, inter, metaOptimizer, xla, precision);
  }

  /** Returns this configuration with another precision. */
  public TensorFlowSettings with(PrecisionChoice other) {
    return new TensorFlowSettings(device, intraThreads, interThreads, metaOptimizer, xla, other);
  }

  /** Returns these settings with the numbers of threads that suit what is to be computed. */
  TensorFlowSettings suited(PerformanceHint hint) {
    return hint == PerformanceHint.LATENCY
        ? withThreads(intraThreads == 0 ? 1 : intraThreads, interThreads == 0 ? 1 : interThreads)
        : this;
  }

  private static void check(String name, int threads) {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new SettingException(
          "backend." + name,
          String.format(
              Locale.ROOT, "is %d; 0 (as many as suit) to %d expected", threads, MOST_THREADS));
    }
  }
}
