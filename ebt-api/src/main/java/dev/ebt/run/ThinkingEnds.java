package dev.ebt.run;

import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** The share of a displacement that a return may miss. */
  private static final double NEAR = 0.5;

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

  /**
   * Returns up to which displacement of the end thinking returns, in distances of both ends.
   *
   * @param context that of the thinker
   */
  double[] radii(
      Thinker thinker,
      CandidateSpace space,
      Map<String, Array> context,
      int steps,
      SplittableRandom random) {
    double[] direction = displacement(space, context, random);
    double[] atEnd = space.modelInputs(end);
    double[] radii = new double[after.length];
    boolean[] left = new boolean[after.length];
    for (double radius : RADII) {
      double[] moved = new double[direction.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = end.real(i) + radius * direction[i];
      }
      Array displaced = array(moved);
      thinker.begin(displaced);
      thinker.reach(steps, 0);
      double[] energy = thinker.energy().doubles();
      double[] far = distances(space.modelInputs(displaced), atEnd);
      double[] near = distances(space.modelInputs(thinker.candidate()), atEnd);
      for (int i = 0; i < energy.length; i++) {
        double fall = before[i] - after[i];
        boolean fallen = fall > 0 && energy[i] <= after[i] + MISSED * fall;
        left[i] |= !(fallen && near[i] <= NEAR * far[i]);
        radii[i] = left[i] ? radii[i] : radius;
      }
    }
    return radii;
  }

  /** Returns a random displacement of each prediction, as long as that from start to end. */
  private double[] displacement(
      CandidateSpace space, Map<String, Array> context, SplittableRandom random) {
    double[] normal = new double[end.shape().elements()];
    Arrays.setAll(normal, i -> random.nextGaussian());
    double[] direction = space.free(context, array(normal));
    double[] lengths = distances(direction, new double[direction.length]);
    double[] moved = distances(end.doubles(), start.doubles());
    int each = direction.length / after.length;
    for (int i = 0; i < direction.length; i++) {
      // Where all elements are given there is no direction, and none is needed.
      direction[i] *= lengths[i / each] > 0 ? moved[i / each] / lengths[i / each] : 0;
    }
    return direction;
  }

  /** Returns the distance of each prediction. */
  private double[] distances(double[] one, double[] other) {
    double[] distances = new double[after.length];
    int each = one.length / after.length;
    for (int i = 0; i < one.length; i++) {
      distances[i / each] += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Arrays.stream(distances).map(Math::sqrt).toArray();
  }

  private Array array(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return Array.of(end.shape(), single);
  }
}
