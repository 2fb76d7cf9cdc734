package dev.ebt.testing;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A function of real tensors and a point to test it at, away from points without derivatives.
 *
 * @param name of the operation and its settings
 */
public record PrimitiveCase(String name, List<Array> at, Function<List<Tensor>, Tensor> function) {
  static PrimitiveCase of(String name, Function<Tensor, Tensor> function, Array at) {
    return new PrimitiveCase(name, List.of(at), xs -> function.apply(xs.get(0)));
  }

  /** Returns name and shapes. */
  @Override
  public String toString() {
    return name
        + at.stream().map(a -> a.shape().toString()).collect(Collectors.joining(", ", " of ", ""));
  }
}
