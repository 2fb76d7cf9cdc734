package dev.ebt.text;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.backend.VariableScope;
import dev.ebt.backend.VariableScopes;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A reference backend that logs what is compiled, run and released. */
final class LoggingBackend implements Backend {
  private final ReferenceBackend backend = new ReferenceBackend();
  private final List<String> runs = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private final VariableScopes scopes = new VariableScopes();
  private int compiled;
  private int stepped;

  /** Returns the programs that appended elements since the last call, one of them or several. */
  List<String> appended() {
    List<String> appended =
        runs.stream().filter(run -> run.startsWith("append") || run.startsWith("think")).toList();
    runs.clear();
    return appended;
  }

  /** Returns how many predictions were evaluated since the last call, in steps one by one. */
  int stepped() {
    int count = stepped;
    stepped = 0;
    return count;
  }

  /** Returns the number of programs compiled so far. */
  int compiled() {
    return compiled;
  }

  /** Returns the names of the variables released so far. */
  List<String> released() {
    return released;
  }

  @Override
  public Executable compile(Program program) {
    compiled++;
    return new Logged(program.name(), backend.compile(program));
  }

  @Override
  public UnboundProgram template(Program program, Collection<Variable> free) {
    compiled++;
    UnboundProgram template = backend.template(program, free);
    return variables -> new Logged(program.name(), template.bind(variables));
  }

  @Override
  public void assign(Variable variable, Array value) {
    backend.assign(variable, value);
  }

  @Override
  public Array read(Variable variable) {
    return backend.read(variable);
  }

  @Override
  public void release(Collection<Variable> variables) {
    variables.forEach(variable -> released.add(variable.name()));
    backend.release(variables);
  }

  @Override
  public VariableScope scope(String owner) {
    return scopes.open(this, owner);
  }

  @Override
  public Map<String, String> description() {
    return backend.description();
  }

  @Override
  public void close() {
    backend.close();
  }

  private final class Logged implements Executable {
    private final String name;
    private final Executable executable;

    Logged(String name, Executable executable) {
      this.name = name;
      this.executable = executable;
    }

    @Override
    public Map<String, Array> run(Map<String, Array> inputs) {
      runs.add(name);
      Map<String, Array> outputs = executable.run(inputs);
      if (name.equals("step")) {
        stepped += outputs.getOrDefault("energy", Array.scalar(0.0)).shape().elements();
      }
      return outputs;
    }

    @Override
    public int operations() {
      return executable.operations();
    }

    @Override
    public void close() {
      executable.close();
    }
  }
}
