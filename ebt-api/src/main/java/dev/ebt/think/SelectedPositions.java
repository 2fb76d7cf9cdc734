package dev.ebt.think;

import static dev.ebt.think.ThinkingPrograms.POSITIONS;
import static dev.ebt.think.ThinkingPrograms.SEEDS;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;

/**
 * The positions of each row that a program predicts at, an input of the program.
 *
 * @param count number of positions of each row; 0 for all predictions
 */
record SelectedPositions(int rows, int count) {
  /** Returns an observation for predictions at these positions only. */
  NamedTensors of(EnergyFunction function, NamedTensors observed) {
    return count > 0 ? function.focus(observed, input()) : observed;
  }

  /** Returns the elements of features of the whole context at these positions. */
  NamedTensors elements(NamedTensors whole) {
    if (count == 0) {
      return whole;
    }
    Tensor positions = input();
    return whole.map(
        (name, feature) -> {
          Shape shape = feature.shape();
          int length = shape.size(1);
          Tensor first = Tensor.range(rows).times(Tensor.constant(Array.scalar((long) length)));
          Shape table = Shape.of(rows * length).plus(shape.slice(2, shape.rank()).toIntArray());
          return Functions.gather(
              feature.reshape(table), positions.plus(first.reshape(Shape.of(rows, 1))));
        });
  }

  /** Returns the random keys of a step, (seed, number) for each position: [rows, count, 2]. */
  Tensor keys(long number) {
    Tensor seeds = Tensor.input(SEEDS, Shape.of(rows, count), ElementType.INTEGER);
    long[] numbers = new long[rows * count];
    Arrays.fill(numbers, number);
    Tensor second = Tensor.constant(Array.of(Shape.of(rows, count, 1), numbers));
    return Functions.concat(2, seeds.reshape(rows, count, 1), second);
  }

  private Tensor input() {
    return Tensor.input(POSITIONS, Shape.of(rows, count), ElementType.INTEGER);
  }
}
