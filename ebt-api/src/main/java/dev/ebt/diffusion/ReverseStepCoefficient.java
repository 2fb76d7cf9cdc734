package dev.ebt.diffusion;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The coefficients of a {@link ReverseStep} in the formulas of diffusion. */
enum ReverseStepCoefficient {
  /** √ᾱ: the factor of the clean candidate. */
  SIGNAL(move -> Math.sqrt(move.signal())),
  /** √(1 − ᾱ): the factor of the noise. */
  NOISE(move -> Math.sqrt(1 - move.signal())),
  /** √ᾱ of the next time. */
  NEXT_SIGNAL(move -> Math.sqrt(move.nextSignal())),
  /** √(1 − ᾱ) of the next time. */
  NEXT_NOISE(move -> Math.sqrt(1 - move.nextSignal())),
  /** {@link ReverseStep#ofClean}. */
  OF_CLEAN(ReverseStep::ofClean),
  /** {@link ReverseStep#ofNoisy}. */
  OF_NOISY(ReverseStep::ofNoisy),
  /** {@link ReverseStep#leastLogVariance}. */
  MINIMUM_LOG_VARIANCE(ReverseStep::leastLogVariance),
  /** {@link ReverseStep#greatestLogVariance}. */
  MAXIMUM_LOG_VARIANCE(ReverseStep::greatestLogVariance),
  /** 1 if there is noise at the next time, 0 if there is none. */
  NOISY_NEXT(move -> move.next() < 0 ? 0 : 1);

  private final ToDoubleFunction<ReverseStep> value;

  ReverseStepCoefficient(ToDoubleFunction<ReverseStep> value) {
    this.value = value;
  }

  /** Returns the coefficients of single reverse steps from the time of each row. */
  static Map<ReverseStepCoefficient, Tensor> ofSteps(Tensor times) {
    Map<ReverseStepCoefficient, Tensor> coefficients = new EnumMap<>(ReverseStepCoefficient.class);
    for (ReverseStepCoefficient coefficient : values()) {
      double[] table =
          IntStream.range(0, NoiseSchedule.STEPS)
              .mapToDouble(t -> coefficient.value.applyAsDouble(new ReverseStep(t, t - 1)))
              .toArray();
      Tensor all = Tensor.constant(Array.of(Shape.of(table.length), table));
      coefficients.put(coefficient, Functions.gather(all, times));
    }
    return coefficients;
  }

  /** Returns the coefficients as inputs of a program, one per row. */
  static Map<ReverseStepCoefficient, Tensor> inputs(int rows) {
    Map<ReverseStepCoefficient, Tensor> inputs = new EnumMap<>(ReverseStepCoefficient.class);
    for (ReverseStepCoefficient coefficient : values()) {
      inputs.put(coefficient, Tensor.input(coefficient.name(), Shape.of(rows), ElementType.REAL));
    }
    return inputs;
  }

  /** Returns the values of {@link #inputs} for the step of each row. */
  static Map<String, Array> values(List<ReverseStep> moves) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ReverseStepCoefficient coefficient : values()) {
      double[] each = moves.stream().mapToDouble(coefficient.value).toArray();
      values.put(coefficient.name(), Array.of(Shape.of(each.length), each));
    }
    return values;
  }

  /** Reshapes coefficients [rows] to axes of size 1 for all other axes of candidates. */
  static Map<ReverseStepCoefficient, Tensor> over(
      Shape candidates, Map<ReverseStepCoefficient, Tensor> coefficients) {
    int[] sizes = new int[candidates.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = candidates.size(0);
    Map<ReverseStepCoefficient, Tensor> reshaped = new EnumMap<>(ReverseStepCoefficient.class);
    coefficients.forEach((name, tensor) -> reshaped.put(name, tensor.reshape(sizes)));
    return reshaped;
  }
}
