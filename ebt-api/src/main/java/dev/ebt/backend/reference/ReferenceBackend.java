package dev.ebt.backend.reference;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ThreadGuard;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableBinding;
import dev.ebt.backend.VariableScope;
import dev.ebt.backend.VariableScopes;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * The executable specification of the tensor language: plain Java in double precision, written for
 * readability. Other backends must agree with it up to rounding. It is fast enough for tests and
 * small trainings; the same program on the same values gives bitwise equal results on any number of
 * threads.
 */
public final class ReferenceBackend implements Backend {
  private final Map<String, Variable> declared = new HashMap<>();
  private final Map<Variable, Value> values = new HashMap<>();
  private final VariableScopes scopes = new VariableScopes();
  private final ThreadGuard guard = new ThreadGuard(ReferenceBackend.class);
  private boolean closed;

  @Override
  public Executable compile(Program program) {
    try (ThreadGuard.Use use = enter()) {
      return executable(new CompiledProgram(program), VariableBinding.NONE);
    }
  }

  @Override
  public UnboundProgram template(Program program, Collection<Variable> free) {
    try (ThreadGuard.Use use = enter()) {
      CompiledProgram compiled = new CompiledProgram(program);
      List<Variable> unbound = List.copyOf(free);
      return variables -> {
        try (ThreadGuard.Use binding = enter()) {
          return executable(compiled, new VariableBinding(variables).requireAll(unbound));
        }
      };
    }
  }

  private Executable executable(CompiledProgram compiled, VariableBinding binding) {
    binding.of(compiled.program().reads()).forEach(this::declare);
    binding.of(compiled.program().updates().keySet()).forEach(this::declare);
    return new ReferenceExecutable(compiled, this, binding);
  }

  @Override
  public void assign(Variable variable, Array value) {
    try (ThreadGuard.Use use = enter()) {
      declare(variable);
      String target = "assign to variable '" + variable.name() + "'";
      if (!variable.shape().equals(value.shape())) {
        throw new ShapeException(target, variable.shape() + " and " + value.shape() + " differ");
      }
      if (variable.type() != value.type()) {
        throw new IllegalArgumentException(
            target + ": " + variable.type() + " expected, found " + value.type());
      }
      put(variable, Value.of(value).copy());
    }
  }

  @Override
  public Array read(Variable variable) {
    try (ThreadGuard.Use use = enter()) {
      declare(variable);
      return get(variable).copy().toArray();
    }
  }

  @Override
  public void release(Collection<Variable> variables) {
    try (ThreadGuard.Use use = guard.enter()) {
      variables.forEach(values::remove);
      variables.forEach(variable -> declared.remove(variable.name()));
    }
  }

  @Override
  public VariableScope scope(String owner) {
    return scopes.open(this, owner);
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("device", "processor, plain Java");
    description.put("precision", "float64");
    description.put("threads", Integer.toString(ForkJoinPool.getCommonPoolParallelism() + 1));
    return description;
  }

  @Override
  public void close() {
    try (ThreadGuard.Use use = guard.enter()) {
      closed = true;
      values.clear();
      declared.clear();
    }
  }

  /** Begins a call; fails if the backend is closed or another thread is in a call. */
  ThreadGuard.Use enter() {
    ThreadGuard.Use use = guard.enter();
    if (closed) {
      use.close();
      throw new IllegalStateException("reference backend: closed");
    }
    return use;
  }

  Value get(Variable variable) {
    Value value = values.get(variable);
    if (value == null) {
      throw new IllegalStateException(
          "variable '" + variable.name() + "' " + variable.shape() + " has no value yet");
    }
    return value;
  }

  void put(Variable variable, Value value) {
    values.put(variable, value);
  }

  /** Registers a variable, and fails if its name is known with another type or shape. */
  private void declare(Variable variable) {
    Variable known = declared.putIfAbsent(variable.name(), variable);
    if (known != null && !known.equals(variable)) {
      throw new ShapeException(
          "variable '" + variable.name() + "'",
          known.type()
              + " "
              + known.shape()
              + " and "
              + variable.type()
              + " "
              + variable.shape()
              + " differ");
    }
  }
}
