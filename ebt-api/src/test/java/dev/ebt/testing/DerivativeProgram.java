package dev.ebt.testing;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * A function with its first and second derivatives as one program. With weights w and directions v:
 *
 * <ul>
 *   <li>{@code value}: y = f(x)
 *   <li>{@code gradient.k}: gₖ = ∂⟨w, y⟩/∂xₖ
 *   <li>{@code slope}: Σₖ ⟨vₖ, gₖ⟩, the change of ⟨w, y⟩ in the direction v
 *   <li>{@code second.k}: ∂slope/∂xₖ, the Hessian times v, blocks that mix arguments included
 *   <li>{@code second.weights}: ∂slope/∂w
 * </ul>
 */
final class DerivativeProgram {
  private final Program.Builder program = Program.named("derivatives");
  private final Map<String, Array> inputs = new LinkedHashMap<>();

  /** Creates the program of the derivatives of one function. */
  static DerivativeProgram of(Function<List<Tensor>, Tensor> function, List<Array> at) {
    return new DerivativeProgram().with("", function, at);
  }

  /** Adds the derivatives of another function, under names that begin with the prefix. */
  DerivativeProgram with(String prefix, Function<List<Tensor>, Tensor> function, List<Array> at) {
    Random random = new Random(at.size());
    List<Tensor> xs = new ArrayList<>();
    for (int k = 0; k < at.size(); k++) {
      xs.add(given(prefix + "x" + k, at.get(k)));
    }
    Tensor y = function.apply(xs);
    Tensor weights = given(prefix + "weights", random(random, y.shape()));
    List<Tensor> gradients = Gradients.of(y, weights, xs);
    Tensor slope = Tensor.constant(0);
    for (int k = 0; k < xs.size(); k++) {
      Tensor direction = given(prefix + "v" + k, random(random, xs.get(k).shape()));
      slope = slope.plus(gradients.get(k).times(direction).sum());
    }
    List<Tensor> seconds = Gradients.of(slope, xs);
    for (int k = 0; k < xs.size(); k++) {
      program.output(prefix + "gradient." + k, gradients.get(k));
      program.output(prefix + "second." + k, seconds.get(k));
    }
    program.output(prefix + "value", y).output(prefix + "slope", slope);
    program.output(prefix + "second.weights", Gradients.of(slope, weights));
    return this;
  }

  /** Returns a value for each input: the point x0, x1, …, the weights, the directions v0, v1, …. */
  Map<String, Array> inputs() {
    return new LinkedHashMap<>(inputs);
  }

  Executable compile(Backend backend) {
    return backend.compile(program.build());
  }

  /** Computes all outputs at the point. */
  Map<String, Array> run(Backend backend) {
    try (Executable executable = compile(backend)) {
      return executable.run(inputs);
    }
  }

  private Tensor given(String name, Array value) {
    inputs.put(name, value);
    return Tensor.input(name, value.shape(), ElementType.REAL);
  }

  private static Array random(Random random, Shape shape) {
    return Array.of(shape, random.doubles(shape.elements()).map(u -> 2 * u - 1).toArray());
  }
}
