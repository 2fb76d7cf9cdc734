package dev.ebt.tensorflow;

import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A program in the graph of its backend. */
final class TensorFlowExecutable implements Executable {
  private final Program program;
  private final Variables variables;
  private final GraphSession session;
  private final List<Sources.Input> inputs;
  private final List<String> outputs;
  private final List<Variable> reads;
  private final GraphSession.Call call;
  private final int operations;
  private boolean closed;

  TensorFlowExecutable(Program program, GraphSession session, Variables variables) {
    this.program = program;
    this.session = session;
    this.variables = variables;
    this.inputs = List.copyOf(program.inputs().values());
    this.outputs = List.copyOf(program.outputs().keySet());
    this.reads = program.reads();
    variables.declare(reads);
    variables.declare(program.updates().keySet());
    ProgramGraph graph = ProgramGraph.of(program);
    GraphSession.Part part = session.add(program.name(), graph.definition());
    this.call = graph.call(part);
    this.operations = part.size();
  }

  @Override
  public Map<String, Array> run(Map<String, Array> given) {
    if (closed) {
      throw new IllegalStateException("program '" + program.name() + "': closed");
    }
    List<Array> feeds = new ArrayList<>(inputs.size());
    inputs.forEach(input -> feeds.add(check(input, given.get(input.label()))));
    List<Array> results;
    try (ThreadGuard.Use use = session.enter()) {
      session.requireOpen();
      variables.settle(program.name(), reads);
      results = run(feeds);
      variables.updated(program.updates().keySet());
    }
    Map<String, Array> named = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      named.put(outputs.get(i), results.get(i));
    }
    return named;
  }

  private List<Array> run(List<Array> feeds) {
    try {
      return call.run(feeds);
    } catch (TFResourceExhaustedException e) {
      throw new UserException(
          "program '"
              + program.name()
              + "' needs more memory than the device has left: take smaller batches, with"
              + " accumulation if their sum shall stay, or a smaller model ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private Array check(Sources.Input input, @Nullable Array value) {
    String place = "program '" + program.name() + "': input '" + input.label() + "': ";
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
    return operations;
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
