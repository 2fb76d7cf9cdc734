package dev.ebt.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Tensors by name, in order: the features of a context, what a model observed of it. Immutable. */
public final class NamedTensors {
  private final Map<String, Tensor> tensors;

  private NamedTensors(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** No tensors. */
  public static NamedTensors empty() {
    return new NamedTensors(Map.of());
  }

  /** One tensor. */
  public static NamedTensors of(String name, Tensor tensor) {
    return empty().with(name, tensor);
  }

  /** These tensors, in the order of the map. */
  public static NamedTensors of(Map<String, Tensor> tensors) {
    return new NamedTensors(tensors);
  }

  /** These tensors and one more, or one replaced. */
  public NamedTensors with(String name, Tensor tensor) {
    Map<String, Tensor> more = new LinkedHashMap<>(tensors);
    more.put(name, tensor);
    return new NamedTensors(more);
  }

  /**
   * The tensor of this name.
   *
   * @throws IllegalArgumentException naming those that are there, if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }

  /** Each tensor replaced by what the function makes of its name and itself. */
  public NamedTensors map(BiFunction<String, Tensor, Tensor> function) {
    Map<String, Tensor> mapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> mapped.put(name, function.apply(name, tensor)));
    return new NamedTensors(mapped);
  }

  /** The tensors by name, unmodifiable. */
  public Map<String, Tensor> toMap() {
    return tensors;
  }
}
