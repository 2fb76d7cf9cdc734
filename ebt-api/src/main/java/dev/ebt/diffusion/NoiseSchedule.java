package dev.ebt.diffusion;

/**
 * The linear noise schedule of diffusion (Ho, Jain and Abbeel, 2020): after step t of {@link
 * #STEPS} an image is √ᾱ·x + √(1−ᾱ)·ε, with ᾱ the product of 1 − β over the steps up to t and β
 * rising from 10⁻⁴ to 0.02.
 */
public final class NoiseSchedule {
  /** The number of steps; times are 0 (inclusive) to this (exclusive). */
  public static final int STEPS = 1000;

  private static final double FIRST = 1e-4;
  private static final double LAST = 0.02;
  private static final double[] SIGNAL = signal();

  private NoiseSchedule() {}

  private static double[] signal() {
    double[] signal = new double[STEPS];
    double product = 1;
    for (int t = 0; t < STEPS; t++) {
      product *= 1 - (FIRST + (LAST - FIRST) * t / (STEPS - 1));
      signal[t] = product;
    }
    return signal;
  }

  /** Returns the step at a noise level: 0.1 is step 99, as published. */
  public static int step(double level) {
    return (int) Math.max(0, Math.round(level * STEPS) - 1);
  }

  /**
   * Returns ᾱ after step t: the remaining fraction of an image's variance; 1 before step 0, at −1.
   */
  public static double signal(int t) {
    return t < 0 ? 1 : SIGNAL[t];
  }
}
