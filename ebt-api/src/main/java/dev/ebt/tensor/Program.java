package dev.ebt.tensor;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A program for a backend to compile: named outputs and variable updates, and the named inputs they
 * depend on. All reads of variables see the values from before the run; all updates happen after
 * them. Programs are simplified, and common subexpressions are shared.
 */
public final class Program {
  private final String name;
  private final Map<String, Tensor> outputs;
  private final Map<Variable, Tensor> updates;
  private final List<Tensor> nodes;

  private Program(String name, Map<String, Tensor> outputs, Map<Variable, Tensor> updates) {
    this.name = name;
    this.outputs = Collections.unmodifiableMap(outputs);
    this.updates = Collections.unmodifiableMap(updates);
    this.nodes = ExecutionOrder.of(results());
  }

  /** Returns a builder of a program; the name is used in messages and graphs. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Returns the name used in messages and graphs. */
  public String name() {
    return name;
  }

  /** Returns the results of a run, by name. */
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  /** Returns the values that variables have after a run. */
  public Map<Variable, Tensor> updates() {
    return updates;
  }

  /** Returns the outputs, and then the values of updated variables. */
  List<Tensor> results() {
    List<Tensor> results = new ArrayList<>(outputs.values());
    results.addAll(updates.values());
    return results;
  }

  /**
   * Returns every tensor of the program once, inputs first, in an order that takes little memory
   * ({@link ProgramMemory}).
   */
  public List<Tensor> nodes() {
    return nodes;
  }

  /** Returns the inputs that each run requires, by name. */
  public Map<String, Sources.Input> inputs() {
    Map<String, Sources.Input> inputs = new LinkedHashMap<>();
    for (Tensor node : nodes) {
      if (node.op() instanceof Sources.Input input) {
        inputs.put(input.label(), input);
      }
    }
    return inputs;
  }

  /** Returns the variables that the program reads. */
  public List<Variable> reads() {
    return nodes.stream()
        .filter(node -> node.op() instanceof Sources.Read)
        .map(node -> ((Sources.Read) node.op()).variable())
        .toList();
  }

  /**
   * Returns the same program on other variables.
   *
   * @param replacement returns the variable of the same type and shape in place of the given one
   */
  public Program withVariables(UnaryOperator<Variable> replacement) {
    Map<Tensor, Tensor> replaced = new IdentityHashMap<>();
    for (Tensor node : nodes) {
      replaced.put(
          node,
          node.op() instanceof Sources.Read read
              ? replacement.apply(read.variable()).read()
              : Rewrite.rebuilt(node, node.inputs().stream().map(replaced::get).toList()));
    }
    Map<String, Tensor> newOutputs = new LinkedHashMap<>();
    outputs.forEach((label, tensor) -> newOutputs.put(label, requireNonNull(replaced.get(tensor))));
    Map<Variable, Tensor> newUpdates = new LinkedHashMap<>();
    updates.forEach(
        (variable, tensor) ->
            newUpdates.put(replacement.apply(variable), requireNonNull(replaced.get(tensor))));
    return new Program(name, newOutputs, newUpdates);
  }

  /** A builder of programs. */
  public static final class Builder {
    private final String name;
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Map<Variable, Tensor> updates = new LinkedHashMap<>();

    private boolean recomputes;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a result that each run returns under this name. */
    public Builder output(String label, Tensor tensor) {
      checkNumbers("output " + label, tensor);
      if (outputs.put(label, tensor) != null) {
        throw new IllegalArgumentException("program " + name + ": two outputs named " + label);
      }
      return this;
    }

    /** Sets the value that the variable has after each run. */
    public Builder update(Variable variable, Tensor tensor) {
      if (!variable.shape().equals(tensor.shape()) || variable.type() != tensor.type()) {
        throw new ShapeException(
            "update of " + variable.name(), variable.shape() + " and " + tensor + " differ");
      }
      if (updates.put(variable, tensor) != null) {
        throw new IllegalArgumentException(
            "program " + name + ": two updates of " + variable.name());
      }
      return this;
    }

    /**
     * Sets whether activations within layers are computed again where that makes the peak of memory
     * smaller by a tenth or more ({@link Functions#layerBoundary}). Results are the same up to
     * rounding.
     */
    public Builder recompute(boolean recompute) {
      recomputes = recompute;
      return this;
    }

    /** Builds the program. */
    public Program build() {
      checkInputs();
      List<Tensor> results = new ArrayList<>(outputs.values());
      results.addAll(updates.values());
      List<Tensor> plain = reduced(Recomputation.withoutBoundaries(results));
      Iterator<Tensor> reduced =
          (recomputes ? Recomputation.of(reduced(results), plain) : plain).iterator();
      return new Program(name, replaced(outputs, reduced), replaced(updates, reduced));
    }

    private static List<Tensor> reduced(List<Tensor> results) {
      return SumsOfProducts.rewritten(TensorGraph.reduced(results));
    }

    private static <K> Map<K, Tensor> replaced(Map<K, Tensor> tensors, Iterator<Tensor> by) {
      Map<K, Tensor> replaced = new LinkedHashMap<>();
      tensors.keySet().forEach(key -> replaced.put(key, by.next()));
      return replaced;
    }

    /** Rejects booleans, which exist inside programs only: an {@link Array} cannot hold them. */
    private static void checkNumbers(String role, Tensor tensor) {
      if (tensor.type() == ElementType.BOOLEAN) {
        throw new ShapeException(role, "REAL or INTEGER expected, found BOOLEAN " + tensor.shape());
      }
    }

    private void checkInputs() {
      Collection<Tensor> results = new ArrayList<>(outputs.values());
      results.addAll(updates.values());
      Map<String, Op> inputs = new LinkedHashMap<>();
      for (Tensor node : TensorGraph.inOrder(results)) {
        if (node.op() instanceof Sources.Input input) {
          checkNumbers("input " + input.label(), node);
          Op other = inputs.putIfAbsent(input.label(), input);
          if (other != null && !other.equals(input)) {
            throw new IllegalArgumentException(
                "program " + name + ": input " + input.label() + " is " + other + " and " + input);
          }
        }
      }
    }
  }
}
