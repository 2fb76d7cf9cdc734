package dev.ebt.backend.reference;

import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableBinding;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A compiled program on the variables that it is bound to. */
final class ReferenceExecutable implements Executable {
  private final CompiledProgram compiled;
  private final Program program;
  private final ReferenceBackend backend;
  private final VariableBinding binding;
  private boolean closed;

  ReferenceExecutable(CompiledProgram compiled, ReferenceBackend backend, VariableBinding binding) {
    this.compiled = compiled;
    this.program = compiled.program();
    this.backend = backend;
    this.binding = binding;
  }

  @Override
  public Map<String, Array> run(Map<String, Array> inputs) {
    try (ThreadGuard.Use use = backend.enter()) {
      return evaluate(inputs);
    }
  }

  private Map<String, Array> evaluate(Map<String, Array> inputs) {
    if (closed) {
      throw new IllegalStateException("program '" + program.name() + "': closed");
    }
    program.inputs().values().forEach(input -> check(input, inputs));
    Map<Tensor, Value> live = new IdentityHashMap<>(compiled.constants());
    Evaluator evaluator = new Evaluator(live, inputs, backend, binding);
    List<Tensor> nodes = program.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Tensor node = nodes.get(i);
      if (!(node.op() instanceof Sources.Constant)) {
        live.put(node, node.op().accept(evaluator, node));
      }
      compiled.unusedAfter().get(i).forEach(live::remove);
    }
    Map<String, Array> outputs = new LinkedHashMap<>();
    program
        .outputs()
        .forEach((label, tensor) -> outputs.put(label, result(live, tensor).toArray()));
    program
        .updates()
        .forEach((variable, tensor) -> backend.put(binding.of(variable), result(live, tensor)));
    return outputs;
  }

  @Override
  public int operations() {
    return program.nodes().size();
  }

  @Override
  public void close() {
    closed = true;
  }

  /**
   * Returns a copy of a result, because it may share its elements with an input, a variable or
   * another result.
   */
  private static Value result(Map<Tensor, Value> live, Tensor tensor) {
    return Required.of(live, tensor).copy();
  }

  private void check(Sources.Input input, Map<String, Array> given) {
    String expected = input.inputType() + " " + input.inputShape() + " expected";
    Array value = given.get(input.label());
    if (value == null) {
      throw wrong(input, "missing, " + expected);
    }
    if (!value.shape().equals(input.inputShape()) || value.type() != input.inputType()) {
      throw wrong(input, expected + ", found " + value.type() + " " + value.shape());
    }
  }

  private IllegalArgumentException wrong(Sources.Input input, String problem) {
    return new IllegalArgumentException(
        "program '" + program.name() + "': input '" + input.label() + "': " + problem);
  }
}
