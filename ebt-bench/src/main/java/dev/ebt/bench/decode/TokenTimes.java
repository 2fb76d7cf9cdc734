package dev.ebt.bench.decode;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A stopwatch of tokens.
 *
 * @param clock milliseconds of each token
 * @param cpu milliseconds of CPU time of all threads of the process for each token; of a coarser
 *     resolution, usually 10 ms, so that only sums over many tokens are exact
 */
record TokenTimes(double[] clock, double[] cpu) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Runs an action for each of a number of tokens; what is prepared counts for the first one. */
  static TokenTimes of(int tokens, Runnable prepare, Runnable each) {
    TokenTimes times = new TokenTimes(new double[tokens], new double[tokens]);
    long since = System.nanoTime();
    long cpuSince = SYSTEM.getProcessCpuTime();
    prepare.run();
    for (int token = 0; token < tokens; token++) {
      each.run();
      long now = System.nanoTime();
      long cpuNow = SYSTEM.getProcessCpuTime();
      times.clock[token] = (now - since) / NANOS_PER_MILLI;
      times.cpu[token] = (cpuNow - cpuSince) / NANOS_PER_MILLI;
      since = now;
      cpuSince = cpuNow;
    }
    return times;
  }
}
