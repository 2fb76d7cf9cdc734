package dev.ebt.bench.step;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** A measurement of the time that an action takes. */
public final class Stopwatch {
  private Stopwatch() {}

  /**
   * What an action took.
   *
   * @param seconds by the clock
   * @param cpuSeconds the CPU time of all threads of this process, which other load on the machine
   *     changes less. Systems count it in steps of up to 10 milliseconds
   */
  public record Time(double seconds, double cpuSeconds) {}

  /** Measures one run of an action. */
  static Time time(Runnable action) {
    long busy = cpuTime();
    long start = System.nanoTime();
    action.run();
    long end = System.nanoTime();
    return new Time((end - start) / 1e9, (cpuTime() - busy) / 1e9);
  }

  /** Returns the CPU time of this process in nanoseconds. */
  private static long cpuTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
