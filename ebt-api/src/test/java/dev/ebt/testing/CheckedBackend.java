package dev.ebt.testing;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A backend that delegates to another and checks both sides: the caller must pass finite numbers of
 * the declared shapes, bind free variables only and use nothing after closing it; the other backend
 * must return exactly the declared outputs, finite and of the declared shapes. Violations throw an
 * {@link AssertionError}.
 */
public final class CheckedBackend implements Backend {
  private final Backend checked;
  private final List<CheckedExecutable> executables = new ArrayList<>();
  private final Set<String> held = new HashSet<>();
  private boolean closed;

  /** Creates a checking wrapper of a backend, which is closed with the wrapper. */
  public CheckedBackend(Backend checked) {
    this.checked = checked;
  }

  @Override
  public Executable compile(Program program) {
    require(!closed, "compile of " + program.name() + " after close");
    CheckedExecutable executable = new CheckedExecutable(program, checked.compile(program));
    executables.add(executable);
    return executable;
  }

  /** A backend may leave a variable that is not free as it is, whatever is bound to it. */
  @Override
  public UnboundProgram template(Program program, Collection<Variable> free) {
    Set<Variable> used = new HashSet<>(program.reads());
    used.addAll(program.updates().keySet());
    UnboundProgram template = Backend.super.template(program, free);
    return binding -> {
      for (Variable variable : used) {
        require(
            !binding.containsKey(variable) || free.contains(variable),
            "bind of "
                + program.name()
                + ": "
                + variable.name()
                + " was not declared as a free variable");
      }
      return template.bind(binding);
    };
  }

  @Override
  public void assign(Variable variable, Array value) {
    require(!closed, "assign to " + variable.name() + " after close");
    check("value for " + variable.name(), value, variable.shape(), variable.type());
    checked.assign(variable, value);
    held.add(variable.name());
  }

  @Override
  public Array read(Variable variable) {
    require(!closed, "read of " + variable.name() + " after close");
    Array value = checked.read(variable);
    check("value of " + variable.name(), value, variable.shape(), variable.type());
    return value;
  }

  @Override
  public void release(Collection<Variable> variables) {
    require(!closed, "release after close");
    variables.forEach(variable -> held.remove(variable.name()));
    checked.release(variables);
  }

  @Override
  public boolean usesHostMemory() {
    return checked.usesHostMemory();
  }

  @Override
  public Map<String, String> description() {
    return checked.description();
  }

  @Override
  public void close() {
    closed = true;
    checked.close();
  }

  /** Returns the number of programs that are compiled and not closed. */
  public long openExecutables() {
    return executables.stream().filter(executable -> !executable.done).count();
  }

  /** Returns the names of the variables that were assigned and not released. */
  public Set<String> held() {
    return Set.copyOf(held);
  }

  private static void check(String what, Array value, Shape shape, ElementType type) {
    require(value.shape().equals(shape), what + ": " + shape + " declared, found " + value.shape());
    require(value.type() == type, what + ": " + type + " declared, found " + value.type());
    for (int i = 0; i < shape.elements(); i++) {
      require(Double.isFinite(value.real(i)), what + ": element " + i + " is " + value.real(i));
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  private final class CheckedExecutable implements Executable {
    private final Program program;
    private final Executable executable;
    private boolean done;

    CheckedExecutable(Program program, Executable executable) {
      this.program = program;
      this.executable = executable;
    }

    @Override
    public Map<String, Array> run(Map<String, Array> inputs) {
      String name = "program " + program.name();
      require(!done && !closed, "run of " + program.name() + " after close");
      for (Sources.Input input : program.inputs().values()) {
        Array value = inputs.get(input.label());
        String what = name + ", input " + input.label();
        require(value != null, what + ": missing");
        check(what, value, input.inputShape(), input.inputType());
      }
      Map<String, Array> outputs = executable.run(inputs);
      program.updates().keySet().forEach(variable -> held.add(variable.name()));
      require(
          outputs.keySet().equals(program.outputs().keySet()),
          name
              + ": outputs "
              + program.outputs().keySet()
              + " declared, found "
              + outputs.keySet());
      program
          .outputs()
          .forEach(
              (label, tensor) ->
                  check(
                      name + ", output " + label,
                      outputs.get(label),
                      tensor.shape(),
                      tensor.type()));
      return outputs;
    }

    @Override
    public int operations() {
      return executable.operations();
    }

    @Override
    public void close() {
      done = true;
      executable.close();
    }
  }
}
