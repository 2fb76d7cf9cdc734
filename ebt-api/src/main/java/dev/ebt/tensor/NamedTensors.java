package dev.ebt.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * An ordered map of tensors by name: the features of a context that a model observed. Immutable.
 */
public final class NamedTensors {
  private final Map<String, Tensor> tensors;

  private NamedTensors(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Returns an empty map. */
  public static NamedTensors empty() {
    return new NamedTensors(Map.of());
  }

  /** Returns a map of one tensor. */
  public static NamedTensors of(String name, Tensor tensor) {
    return empty().with(name, tensor);
  }

  /** Returns a copy of the map, in its order. */
  public static NamedTensors of(Map<String, Tensor> tensors) {
    return new NamedTensors(tensors);
  }

  /** Returns a copy with one tensor added or replaced. */
  public NamedTensors with(String name, Tensor tensor) {
    Map<String, Tensor> more = new LinkedHashMap<>(tensors);
    more.put(name, tensor);
    return new NamedTensors(more);
  }

  /**
   * Returns the tensor of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the available names
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }

  /** Returns a copy with each tensor replaced by the function's result for its name and itself. */
  public NamedTensors map(BiFunction<String, Tensor, Tensor> function) {
    Map<String, Tensor> mapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> mapped.put(name, function.apply(name, tensor)));
    return new NamedTensors(mapped);
  }

  /** Returns the tensors by name, unmodifiable. */
  public Map<String, Tensor> toMap() {
    return tensors;
  }
}
