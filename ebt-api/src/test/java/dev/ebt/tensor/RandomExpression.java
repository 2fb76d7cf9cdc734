package dev.ebt.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random expression of a tensor of shape [2, 3], full of what simplification looks for: zeros,
 * ones, signs, constants, axes moved to and fro. Beside each tensor are the values it should have,
 * computed at once and without any rule.
 */
final class RandomExpression {
  private static final Shape SHAPE = Shape.of(2, 3);

  private record Term(Tensor tensor, double[] values) {}

  private final Random random;
  private final List<Term> terms = new ArrayList<>();

  RandomExpression(long seed, Tensor x, double... values) {
    random = new Random(seed);
    terms.add(new Term(x, values));
    for (int i = 0; i < 25; i++) {
      terms.add(bounded(next()));
    }
  }

  Tensor tensor() {
    return last().tensor();
  }

  double[] values() {
    return last().values();
  }

  private Term last() {
    return terms.get(terms.size() - 1);
  }

  /** Mostly recent terms, so that rules meet. */
  private Term any() {
    int back = Math.min(terms.size() - 1, (int) Math.abs(random.nextGaussian() * 2));
    return terms.get(terms.size() - 1 - back);
  }

  private Term next() {
    Term a = any();
    return switch (random.nextInt(10)) {
      case 0 -> new Term(a.tensor().negate(), combined(a, zero(), (u, v) -> -u));
      case 1 -> transposed(a);
      case 2 -> reshaped(a);
      case 3 -> summed(a);
      case 4 -> new Term(Functions.tanh(a.tensor()), combined(a, zero(), (u, v) -> Math.tanh(u)));
      case 5 -> divided(a);
      default -> arithmetic(a, random.nextBoolean() ? any() : constant());
    };
  }

  private Term arithmetic(Term a, Term b) {
    boolean swap = random.nextBoolean();
    Term left = swap ? b : a;
    Term right = swap ? a : b;
    return switch (random.nextInt(3)) {
      case 0 ->
          new Term(full(left.tensor().plus(right.tensor())), combined(left, right, Double::sum));
      case 1 ->
          new Term(
              full(left.tensor().minus(right.tensor())), combined(left, right, (u, v) -> u - v));
      default ->
          new Term(
              full(left.tensor().times(right.tensor())), combined(left, right, (u, v) -> u * v));
    };
  }

  /** a / (1 + b²), or a divided by a constant. */
  private Term divided(Term a) {
    if (random.nextBoolean()) {
      return new Term(a.tensor().divide(-2), combined(a, zero(), (u, v) -> u / -2));
    }
    Term b = any();
    return new Term(
        a.tensor().divide(b.tensor().square().plus(1)), combined(a, b, (u, v) -> u / (1 + v * v)));
  }

  /** A constant, as a scalar, a row, a column or all of the shape. */
  private Term constant() {
    double value = List.of(0.0, 1.0, -1.0, 2.0, -0.5).get(random.nextInt(5));
    Shape shape =
        List.of(Shape.scalar(), Shape.of(3), Shape.of(2, 1), Shape.of(1, 1), SHAPE)
            .get(random.nextInt(5));
    double[] values = new double[6];
    java.util.Arrays.fill(values, value);
    return new Term(Tensor.filled(shape, value), values);
  }

  private static Term zero() {
    return new Term(Tensor.constant(0), new double[6]);
  }

  private Term transposed(Term a) {
    double[] values = a.values();
    Tensor turned = a.tensor().transpose(1, 0);
    if (random.nextBoolean()) {
      return new Term(turned.negate().transpose(1, 0), combined(a, zero(), (u, v) -> -u));
    }
    // Element (i, j) of the transposed is (j, i); read again as [2, 3].
    double[] moved = new double[6];
    for (int i = 0; i < 6; i++) {
      moved[i] = values[i % 2 * 3 + i / 2];
    }
    return new Term(turned.reshape(SHAPE), moved);
  }

  private Term reshaped(Term a) {
    Tensor flat = a.tensor().reshape(3, 2).reshape(6);
    return random.nextBoolean()
        ? new Term(flat.reshape(SHAPE), a.values())
        : new Term(flat.times(2).reshape(1, 2, 3).sum(0), combined(a, a, Double::sum));
  }

  private Term summed(Term a) {
    double[] v = a.values();
    if (random.nextBoolean()) {
      double[] rows = {v[0] + v[1] + v[2], v[3] + v[4] + v[5]};
      return new Term(
          full(a.tensor().sumKeeping(-1)),
          new double[] {rows[0], rows[0], rows[0], rows[1], rows[1], rows[1]});
    }
    double[] means = {(v[0] + v[3]) / 2, (v[1] + v[4]) / 2, (v[2] + v[5]) / 2};
    return new Term(
        full(a.tensor().mean(0)),
        new double[] {means[0], means[1], means[2], means[0], means[1], means[2]});
  }

  /** Sines of what has grown large keep numbers where differences are exact. */
  private static Term bounded(Term a) {
    boolean large = java.util.Arrays.stream(a.values()).anyMatch(v -> Math.abs(v) > 3);
    return large
        ? new Term(
            Functions.sine(a.tensor().times(0.1)), combined(a, zero(), (u, v) -> Math.sin(u * 0.1)))
        : a;
  }

  private static Tensor full(Tensor tensor) {
    return tensor.broadcastTo(SHAPE);
  }

  private static double[] combined(Term a, Term b, java.util.function.DoubleBinaryOperator f) {
    double[] values = new double[6];
    for (int i = 0; i < 6; i++) {
      values[i] = f.applyAsDouble(a.values()[i], b.values()[i]);
    }
    return values;
  }
}
