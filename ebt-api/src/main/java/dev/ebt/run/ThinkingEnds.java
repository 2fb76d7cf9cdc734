package dev.ebt.run;

import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Both ends of thinking, between which {@link BasinShape} looks.
 *
 * @param start the initial candidates, [rows, candidate...]
 * @param end the candidates after the steps
 * @param before the energies of the initial candidates, one for each prediction
 * @param after the energies after the steps
 */
record ThinkingEnds(Array start, Array end, double[] before, double[] after) {
  private static final List<Double> CHORD = List.of(0.25, 0.5, 0.75);
  private static final List<Double> RADII = List.of(0.25, 0.5, 1.0, 2.0, 4.0);

  /** The share of the fall of energy that a return may miss. */
  private static final double MISSED = 0.05;

  /** What counts as equal, relative to the larger energy: above the rounding of an energy. */
  private static final double ROUNDING = 1e-5;

  /** Takes steps from the candidates that thinking has begun with. */
  static ThinkingEnds of(Thinker thinker, int steps) {
    Array start = thinker.candidate();
    double[] before = thinker.energy().doubles();
    thinker.reach(steps, 0);
    return new ThinkingEnds(start, thinker.candidate(), before, thinker.energy().doubles());
  }

  /** Returns whether no energy on the line between both ends is above the line of energies. */
  boolean[] convexChords(Thinker thinker) {
    boolean[] convex = new boolean[after.length];
    Arrays.fill(convex, true);
    for (double t : CHORD) {
      double[] between = new double[end.shape().elements()];
      for (int i = 0; i < between.length; i++) {
        between[i] = (1 - t) * start.real(i) + t * end.real(i);
      }
      thinker.begin(array(between));
      double[] energy = thinker.energy().doubles();
      for (int i = 0; i < energy.length; i++) {
        double line = (1 - t) * before[i] + t * after[i];
        double rounding = ROUNDING * Math.max(Math.abs(before[i]), Math.abs(after[i]));
        convex[i] &= energy[i] <= line + rounding;
      }
    }
    return convex;
  }

  /** Returns up to which distance from the end thinking returns, in lengths of the way. */
  double[] radii(Thinker thinker, int steps, SplittableRandom random) {
    double[] direction = direction(random);
    double[] radii = new double[after.length];
    boolean[] left = new boolean[after.length];
    for (double radius : RADII) {
      double[] moved = new double[direction.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = end.real(i) + radius * direction[i];
      }
      thinker.begin(array(moved));
      thinker.reach(steps, 0);
      double[] energy = thinker.energy().doubles();
      for (int i = 0; i < energy.length; i++) {
        double fall = before[i] - after[i];
        left[i] |= !(fall > 0 && energy[i] <= after[i] + MISSED * fall);
        radii[i] = left[i] ? radii[i] : radius;
      }
    }
    return radii;
  }

  /** Returns a random direction for each prediction, as long as its way from start to end. */
  private double[] direction(SplittableRandom random) {
    double[] direction = new double[end.shape().elements()];
    int each = direction.length / after.length;
    for (int prediction = 0; prediction < after.length; prediction++) {
      double way = 0;
      double length = 0;
      for (int i = prediction * each; i < (prediction + 1) * each; i++) {
        direction[i] = random.nextGaussian();
        length += direction[i] * direction[i];
        double moved = end.real(i) - start.real(i);
        way += moved * moved;
      }
      for (int i = prediction * each; i < (prediction + 1) * each; i++) {
        direction[i] *= Math.sqrt(way / length);
      }
    }
    return direction;
  }

  private Array array(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return Array.of(end.shape(), single);
  }
}
