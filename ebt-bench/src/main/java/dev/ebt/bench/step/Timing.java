package dev.ebt.bench.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long training steps with one number of thinking steps took.
 *
 * @param steps thinking steps; 0 for the baseline
 * @param tokens learnt from in each training step
 * @param first seconds of the first one, which compiles
 * @param later seconds of those after it
 * @param operations of the backend, in all programs
 */
public record Timing(int steps, long tokens, double first, List<Double> later, int operations) {

  /** The middle one of the later steps, in seconds. */
  public double median() {
    return later.stream().sorted().toList().get(later.size() / 2);
  }

  /** The shortest of the later steps, in seconds. */
  public double least() {
    return later.stream().sorted().toList().get(0);
  }

  /** What this costs, measured in T times the cost of one step. */
  public double ratioTo(Timing oneStep) {
    return median() / (steps * oneStep.median());
  }

  /** What this costs, measured in training steps of the baseline. */
  public double inSteps(Timing baseline) {
    return median() / baseline.median();
  }

  /** The figures by name, in the order to show them. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("firstStepSeconds", rounded(first));
    figures.put("stepSecondsMedian", rounded(median()));
    figures.put("stepSecondsLeast", rounded(least()));
    figures.put("tokensPerSecond", Math.round(tokens / median()));
    figures.put("graphOperations", operations);
    return figures;
  }

  static double rounded(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }
}
