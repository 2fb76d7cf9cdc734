package dev.ebt.testing;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Arrays of numbers for tests; the same seed gives the same numbers. */
public final class TestArrays {
  private TestArrays() {}

  /** Returns numbers between −1.5 and 1.5. */
  public static Array mixed(long seed, int... sizes) {
    Shape shape = Shape.of(sizes);
    return Array.of(
        shape, new Random(seed).doubles(shape.elements()).map(u -> 3 * u - 1.5).toArray());
  }

  /**
   * Returns shuffled numbers of both signs, each at least 0.1 from the others and 0.3 from zero:
   * away from where maxima and absolute values have no derivative.
   */
  public static Array spaced(long seed, int... sizes) {
    double[] values = positive(seed, sizes).doubles();
    Random random = new Random(~seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? values[i] : -values[i];
    }
    return Array.of(Shape.of(sizes), values);
  }

  /** Returns shuffled numbers from 0.3 on, each 0.1 from the next. */
  public static Array positive(long seed, int... sizes) {
    Shape shape = Shape.of(sizes);
    List<Integer> order = new ArrayList<>(IntStream.range(0, shape.elements()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return Array.of(shape, order.stream().mapToDouble(i -> 0.3 + 0.1 * i).toArray());
  }

  /** Returns the array with a number added to every element. */
  public static Array shifted(Array array, double by) {
    double[] values = array.doubles().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
    return Array.of(array.shape(), values);
  }
}
