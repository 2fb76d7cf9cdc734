package dev.ebt.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final int LENGTH = 5;
  private static final int SIZE = 6;
  private static final Shape SHAPE = Shape.of(2, 3, LENGTH, SIZE);

  private final SplittableRandom random = new SplittableRandom(4);
  private final Tensor queries = some(SHAPE);
  private final Tensor keys = some(SHAPE);
  private final Tensor values = some(SHAPE);
  private final Tensor ownKeys = some(SHAPE);
  private final Tensor ownValues = some(SHAPE);

  private Tensor some(Shape shape) {
    return Tensor.constant(Array.of(shape, random.doubles(shape.elements(), -1, 1).toArray()));
  }

  private static double[] numbers(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable =
            backend.compile(Program.named("attention").output("y", tensor).build())) {
      return executable.run(Map.of()).get("y").doubles();
    }
  }

  @Test
  void candidatesScoreOfItselfNeedsNoRotation() {
    Rotary rotary = Rotary.at(Tensor.range(LENGTH), LENGTH, SIZE);
    Tensor mask = Attention.causalMask(LENGTH);
    Tensor turned = rotary.turnScaled(queries);
    Tensor own = queries.times(ownKeys).sumKeeping(-1).divide(Math.sqrt(SIZE));
    Tensor turnedOwn = turned.times(rotary.turn(ownKeys)).sumKeeping(-1);
    double[] rotated =
        numbers(Attention.toKeysAndOwn(turned, keys, values, mask, turnedOwn, ownValues));
    assertThat(numbers(Attention.toKeysAndOwn(turned, keys, values, mask, own, ownValues)))
        .containsExactly(rotated, within(1e-14));
  }

  @Test
  void candidateAttendsToSeenKeysAndItselfWithTheSoftmaxOfAllScores() {
    // One query with a score of ln 2 to itself and of 0 to two seen keys: weights 1/2, 1/4, 1/4.
    Tensor query = Tensor.constant(Array.of(Shape.of(1, 1, 1, 1), 1.0));
    Tensor seen = Tensor.constant(Array.of(Shape.of(1, 1, 3, 1), 0.0, 0.0, 50.0));
    Tensor content = Tensor.constant(Array.of(Shape.of(1, 1, 3, 1), 4.0, 8.0, 99.0));
    Tensor mask = Tensor.constant(Array.of(Shape.of(1, 3), 0.0, 0.0, Attention.MASKED));
    Tensor own = Tensor.constant(Array.of(Shape.of(1, 1, 1, 1), Math.log(2)));
    Tensor ownContent = Tensor.constant(Array.of(Shape.of(1, 1, 1, 1), 2.0));
    assertThat(numbers(Attention.toKeysAndOwn(query, seen, content, mask, own, ownContent)))
        .containsExactly(new double[] {4}, within(1e-14));
  }
}
