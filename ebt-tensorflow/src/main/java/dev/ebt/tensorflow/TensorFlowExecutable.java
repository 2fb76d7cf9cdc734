package dev.ebt.tensorflow;

import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.VariableBinding;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A compiled program on the variables that it is bound to. */
final class TensorFlowExecutable implements Executable {
  private final CompiledProgram compiled;
  private final String name;
  private final GraphSession session;
  private final Variables variables;
  private final List<Variable> reads;
  private final List<Variable> updates;
  private final byte[][] handles;
  private boolean closed;

  TensorFlowExecutable(
      CompiledProgram compiled,
      VariableBinding binding,
      GraphSession session,
      Variables variables,
      ResourceHandles resources) {
    this.compiled = compiled;
    this.name = compiled.program().name();
    this.session = session;
    this.variables = variables;
    this.reads = binding.of(compiled.reads());
    this.updates = binding.of(compiled.program().updates().keySet());
    variables.declare(reads);
    variables.declare(updates);
    List<Variable> free = compiled.free();
    this.handles = free.isEmpty() ? new byte[][] {} : new byte[][] {resources.of(binding.of(free))};
  }

  @Override
  public Map<String, Array> run(Map<String, Array> given) {
    if (closed) {
      throw new IllegalStateException("program '" + name + "': closed");
    }
    List<Array> feeds = new ArrayList<>(compiled.inputs().size());
    compiled.inputs().forEach(input -> feeds.add(check(input, given.get(input.label()))));
    List<Array> results;
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      variables.settle(name, reads);
      results = run(feeds);
      variables.updated(updates);
    }
    Map<String, Array> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(compiled.outputs().get(i), results.get(i));
    }
    return named;
  }

  private List<Array> run(List<Array> feeds) {
    try {
      return compiled.call().run(feeds, handles);
    } catch (TFResourceExhaustedException e) {
      throw new UserException(
          "program '"
              + name
              + "' needs more memory than the device has left: take smaller batches, with"
              + " accumulation if their sum shall stay, or a smaller model ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private Array check(Sources.Input input, @Nullable Array value) {
    String place = "program '" + name + "': input '" + input.label() + "': ";
    String expected = input.inputType() + " " + input.inputShape();
    if (value == null) {
      throw new IllegalArgumentException(place + "missing, " + expected + " expected");
    }
    if (!value.shape().equals(input.inputShape()) || value.type() != input.inputType()) {
      throw new IllegalArgumentException(
          place + expected + " expected, found " + value.type() + " " + value.shape());
    }
    return value;
  }

  @Override
  public int operations() {
    return compiled.operations();
  }

  /**
   * Closes this executable. Its nodes stay in the graph until the backend is closed, since
   * TensorFlow cannot remove them; an equal program will reuse them.
   */
  @Override
  public void close() {
    closed = true;
  }
}
