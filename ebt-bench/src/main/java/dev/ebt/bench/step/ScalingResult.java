package dev.ebt.bench.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measured training steps of a number of processes.
 *
 * @param processes their number
 * @param localSteps the steps of a process between two averages; 1 for sums of gradients
 * @param seconds the median duration of a step
 * @param cpuSeconds the median CPU time of a step in each process, which other load on the machine
 *     changes less than the duration
 * @param rowsPerSecond the rows that all processes together train on per second
 * @param sumShare the share of the time that is spent in sums over processes, waiting included
 * @param bytes what each process sends per step
 */
public record ScalingResult(
    int processes,
    int localSteps,
    double seconds,
    double cpuSeconds,
    double rowsPerSecond,
    double sumShare,
    double bytes) {

  /**
   * Returns the values by name, in display order.
   *
   * @param one the result that rates are compared with
   */
  public Map<String, Object> metrics(ScalingResult one) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("processes", processes);
    metrics.put("localSteps", localSteps);
    metrics.put("stepSecondsMedian", Timing.rounded(seconds));
    metrics.put("cpuSecondsMedian", Timing.rounded(cpuSeconds));
    metrics.put("rowsPerSecond", rounded(rowsPerSecond));
    metrics.put("ofFirstRate", rounded(rowsPerSecond / one.rowsPerSecond));
    metrics.put("sumShare", rounded(sumShare));
    metrics.put("bytesPerStep", Math.round(bytes));
    return metrics;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }

  /** A collector of steps. */
  static final class Builder {
    private final int processes;
    private final int localSteps;
    private final int rows;
    private final List<double[]> steps = new ArrayList<>();

    /**
     * Creates a collector without steps.
     *
     * @param rows of the batch of each process
     */
    Builder(int processes, int localSteps, int rows) {
      this.processes = processes;
      this.localSteps = localSteps;
      this.rows = rows;
    }

    /** Adds a step: its seconds, those in sums, the bytes sent, and the CPU's seconds. */
    void add(double[] step) {
      steps.add(step);
    }

    private double median(int number) {
      return steps.stream().mapToDouble(step -> step[number]).sorted().toArray()[steps.size() / 2];
    }

    /** Returns the medians of seconds, and the shares and bytes of all steps together. */
    ScalingResult build() {
      double seconds = median(0);
      double all = steps.stream().mapToDouble(step -> step[0]).sum();
      double sums = steps.stream().mapToDouble(step -> step[1]).sum();
      double bytes = steps.stream().mapToDouble(step -> step[2]).average().orElse(0);
      return new ScalingResult(
          processes, localSteps, seconds, median(3), processes * rows / seconds, sums / all, bytes);
    }
  }
}
