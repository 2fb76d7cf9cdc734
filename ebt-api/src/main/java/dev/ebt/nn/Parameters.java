package dev.ebt.nn;

import static java.util.Objects.requireNonNull;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The registry of a model's parameters: their names, shapes and tensors, not their values, which a
 * backend keeps. A layer requests a parameter by name while it is traced and gets its tensor;
 * requesting a name twice returns the same tensor. Afterwards {@link #specs} lists all requested
 * parameters: a model has no other declaration of them.
 */
public final class Parameters {
  private final String prefix;
  private final Map<String, ParameterSpec> specs;
  private final Map<String, Tensor> tensors;

  /** Creates an empty set of parameters. */
  public Parameters() {
    this("", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private Parameters(String prefix, Map<String, ParameterSpec> specs, Map<String, Tensor> tensors) {
    this.prefix = prefix;
    this.specs = specs;
    this.tensors = tensors;
  }

  /** Returns a view in which every requested name is prefixed with {@code scope} and a dot. */
  public Parameters in(String scope) {
    return new Parameters(prefix + scope + ".", specs, tensors);
  }

  /**
   * Returns a weight without weight decay: a gain, a shift or an embedding table, for which decay
   * to zero is meaningless.
   */
  public Tensor undecayed(String name, Shape shape, Initializer initializer) {
    return get(name, shape, initializer, ParameterSpec.Traits.WEIGHT.undecayed());
  }

  /** Returns an ordinary weight. */
  public Tensor weight(String name, Shape shape, Initializer initializer) {
    return get(name, shape, initializer, ParameterSpec.Traits.WEIGHT);
  }

  /**
   * Returns a parameter with the given traits.
   *
   * @throws IllegalArgumentException if the name was requested before with another shape
   */
  public Tensor get(
      String name, Shape shape, Initializer initializer, ParameterSpec.Traits traits) {
    String full = prefix + name;
    ParameterSpec known = specs.get(full);
    if (known != null && !known.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "parameter " + full + " requested as " + known.shape() + " and as " + shape);
    }
    if (known == null) {
      known = new ParameterSpec(full, shape, initializer, traits);
      specs.put(full, known);
      tensors.put(full, known.variable().read());
    }
    return requireNonNull(tensors.get(full));
  }

  /** Returns the specifications of all requested parameters, in the order of the requests. */
  public List<ParameterSpec> specs() {
    return new ArrayList<>(specs.values());
  }

  /** Returns the tensors of all requested parameters by full name, in the order of the requests. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }
}
