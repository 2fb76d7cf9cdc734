package dev.ebt.nn;

import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters that functions of tensors ask for while they are traced. A layer names what it
 * needs and gets the tensor; asking twice for one name gives the same tensor. Afterwards {@link
 * #specs} lists all that was asked for: a model has no other declaration of its parameters.
 */
public final class Parameters {
  private final String prefix;
  private final Map<String, ParameterSpec> specs;
  private final Map<String, Tensor> tensors;

  /** No parameters yet. */
  public Parameters() {
    this("", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private Parameters(String prefix, Map<String, ParameterSpec> specs, Map<String, Tensor> tensors) {
    this.prefix = prefix;
    this.specs = specs;
    this.tensors = tensors;
  }

  /** The same parameters, with every name asked for preceded by {@code scope} and a dot. */
  public Parameters in(String scope) {
    return new Parameters(prefix + scope + ".", specs, tensors);
  }

  /**
   * A gain, a shift or a table of embeddings: a weight that no decay pulls to zero, where it would
   * stand for nothing.
   */
  public Tensor undecayed(String name, Shape shape, Initializer initializer) {
    return get(name, shape, initializer, ParameterSpec.Traits.WEIGHT.undecayed());
  }

  /** An ordinary weight. */
  public Tensor weight(String name, Shape shape, Initializer initializer) {
    return get(name, shape, initializer, ParameterSpec.Traits.WEIGHT);
  }

  /**
   * A parameter with its own traits.
   *
   * @throws IllegalArgumentException if the name was asked for before with another shape
   */
  public Tensor get(
      String name, Shape shape, Initializer initializer, ParameterSpec.Traits traits) {
    String full = prefix + name;
    ParameterSpec known = specs.get(full);
    if (known != null && !known.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "parameter " + full + " asked for as " + known.shape() + " and as " + shape);
    }
    if (known == null) {
      known = new ParameterSpec(full, shape, initializer, traits);
      specs.put(full, known);
      tensors.put(full, known.variable().read());
    }
    return tensors.get(full);
  }

  /** All that was asked for, in the order of asking. */
  public List<ParameterSpec> specs() {
    return new ArrayList<>(specs.values());
  }

  /** The tensors handed out, by full name, in the order of asking. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }
}
