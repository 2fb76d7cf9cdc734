package dev.ebt.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether chains have converged, and how many independent samples they are worth, for one number of
 * each sample (Gelman et al., "Bayesian Data Analysis", third edition, sections 11.4 and 11.5).
 *
 * <pre>
 * W = mean of the chains' variances       B/n = variance of the chains' means
 * R̂ = √(((n − 1)/n W + B/n) / W)          over the halves of the chains
 * ESS = mn / (1 + 2 Σ ρ_t)                summed while ρ_2t + ρ_2t+1 is positive (Geyer, 1992)
 * </pre>
 *
 * @param mean of all samples
 * @param deviation of all samples
 * @param rHat R̂, near 1 where the chains agree; NaN where nothing moves
 * @param effectiveSize ESS, at most the number of samples
 */
public record ChainStatistics(double mean, double deviation, double rHat, double effectiveSize) {

  /**
   * Computes the statistics of chains.
   *
   * @param chains [chain][sample], four samples of each at least
   */
  public static ChainStatistics of(double[][] chains) {
    double[][] halves = halves(chains);
    double[] all = Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
    double mean = mean(all);
    int n = halves[0].length;
    double within =
        Arrays.stream(halves).mapToDouble(ChainStatistics::variance).average().orElse(0);
    double between = variance(Arrays.stream(halves).mapToDouble(ChainStatistics::mean).toArray());
    double pooled = (n - 1.0) / n * within + between;
    return new ChainStatistics(
        mean,
        Math.sqrt(variance(all)),
        Math.sqrt(pooled / within),
        effectiveSize(halves, within, pooled));
  }

  /** Returns the standard error of the mean. */
  public double error() {
    return deviation / Math.sqrt(effectiveSize);
  }

  private static double[][] halves(double[][] chains) {
    List<double[]> halves = new ArrayList<>();
    for (double[] chain : chains) {
      int half = chain.length / 2;
      halves.add(Arrays.copyOfRange(chain, 0, half));
      halves.add(Arrays.copyOfRange(chain, chain.length - half, chain.length));
    }
    return halves.toArray(double[][]::new);
  }

  private static double effectiveSize(double[][] chains, double within, double pooled) {
    int n = chains[0].length;
    double sum = 0;
    for (int lag = 1; lag + 1 < n; lag += 2) {
      double pair =
          correlation(chains, lag, within, pooled) + correlation(chains, lag + 1, within, pooled);
      if (!(pair > 0)) {
        break;
      }
      sum += pair;
    }
    double samples = (double) chains.length * n;
    return Math.min(samples, samples / (1 + 2 * sum));
  }

  /** Returns ρ_t = 1 − (W − mean over chains of the autocovariance at lag t) / pooled variance. */
  private static double correlation(double[][] chains, int lag, double within, double pooled) {
    double covariance = 0;
    for (double[] chain : chains) {
      double mean = mean(chain);
      double sum = 0;
      for (int i = lag; i < chain.length; i++) {
        sum += (chain[i] - mean) * (chain[i - lag] - mean);
      }
      covariance += sum / chain.length / chains.length;
    }
    return 1 - (within - covariance) / pooled;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum()
        / Math.max(1, values.length - 1);
  }
}
