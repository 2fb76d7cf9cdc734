package dev.ebt.nn;

import static dev.ebt.tensor.Functions.absolute;
import static dev.ebt.tensor.Functions.log;
import static dev.ebt.tensor.Functions.maximum;
import static dev.ebt.tensor.Functions.minimum;

import dev.ebt.tensor.Tensor;

/** Functions of the difference between real predictions and targets, element by element. */
public final class RegressionErrors {
  /** The lower bound of an error, which keeps the PSNR of an exact prediction finite. */
  private static final double LEAST_ERROR = 1e-10;

  private RegressionErrors() {}

  /** Computes smooth L1: d²/2 up to |d| = 1, |d| − 1/2 from there. */
  public static Tensor smoothL1(Tensor difference) {
    Tensor distance = absolute(difference);
    Tensor near = minimum(distance, Tensor.constant(1));
    return near.times(distance.minus(near.times(0.5)));
  }

  /**
   * Computes the peak signal-to-noise ratio, −10 log₁₀(error), in decibels.
   *
   * @param error the mean squared error of values from 0 to 1
   */
  public static Tensor psnr(Tensor error) {
    return log(maximum(error, Tensor.constant(LEAST_ERROR))).times(-10 / Math.log(10));
  }

  /** Computes the same on the host. */
  public static double psnr(double error) {
    return -10 * Math.log10(Math.max(LEAST_ERROR, error));
  }
}
