package dev.ebt.tensorflow;

import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a backend, with their declarations and values. */
final class Variables {
  private final GraphSession session;
  private final @Nullable ResourceHandles handles;
  private final Map<ElementType, FedAccess> fed = new EnumMap<>(ElementType.class);
  private final Map<String, Variable> declared = new LinkedHashMap<>();
  private final Set<String> assigned = new HashSet<>();
  private final Map<String, VariableAccess> access = new HashMap<>();

  /**
   * Initial values not yet written: where handles cannot be fed, access is most efficient if
   * created for many variables at once.
   */
  private final Map<Variable, Array> waiting = new LinkedHashMap<>();

  /**
   * Creates no variable yet.
   *
   * @param handles the handles to feed; null where they cannot be fed
   */
  Variables(GraphSession session, @Nullable ResourceHandles handles) {
    this.session = session;
    this.handles = handles;
  }

  /** Declares variables; two of the same name are one variable and must agree in shape and type. */
  void declare(Collection<Variable> variables) {
    for (Variable variable : variables) {
      Variable other = declared.putIfAbsent(variable.name(), variable);
      if (other != null && !other.equals(variable)) {
        throw new ShapeException(
            "variable '" + variable.name() + "'",
            text(other.type(), other.shape())
                + " and "
                + text(variable.type(), variable.shape())
                + " differ");
      }
    }
  }

  /** Checks that the variables that a program reads have values, and writes pending ones. */
  void settle(String program, List<Variable> reads) {
    for (Variable variable : reads) {
      if (!assigned.contains(variable.name())) {
        throw new IllegalStateException(
            "program '" + program + "': variable '" + variable.name() + "' has no value yet");
      }
    }
    settle();
  }

  /** Records that a program updated the given variables. */
  void updated(Collection<Variable> variables) {
    variables.forEach(variable -> assigned.add(variable.name()));
  }

  void assign(Variable variable, Array value) {
    session.requireOpen();
    declare(List.of(variable));
    if (!variable.shape().equals(value.shape()) || variable.type() != value.type()) {
      throw new ShapeException(
          "assign to variable '" + variable.name() + "'",
          text(variable.type(), variable.shape())
              + " expected, found "
              + text(value.type(), value.shape()));
    }
    if (handles != null || access.containsKey(variable.name())) {
      access(variable).write(variable, value);
    } else {
      waiting.put(variable, value);
    }
    assigned.add(variable.name());
  }

  Array read(Variable variable) {
    session.requireOpen();
    declare(List.of(variable));
    if (!assigned.contains(variable.name())) {
      throw new IllegalStateException("variable '" + variable.name() + "' has no value yet");
    }
    settle();
    return access(variable).read(variable);
  }

  /** Frees the memory of the given variables and removes their declarations. */
  void release(Collection<Variable> variables) {
    List<Variable> known =
        variables.stream().filter(v -> declared.containsKey(v.name())).distinct().toList();
    List<Variable> full =
        known.stream().filter(v -> assigned.contains(v.name()) && !waiting.containsKey(v)).toList();
    if (session.isOpen() && !full.isEmpty()) {
      destroy(full);
    }
    known.forEach(
        variable -> {
          declared.remove(variable.name());
          assigned.remove(variable.name());
          access.remove(variable.name());
          waiting.remove(variable);
        });
  }

  private void destroy(List<Variable> variables) {
    if (handles != null) {
      variables.forEach(variable -> fed(handles, variable).destroy(variable));
    } else {
      destroyByName(variables);
    }
  }

  private void destroyByName(List<Variable> variables) {
    GraphWriter writer = new GraphWriter();
    List<String> destroyed =
        variables.stream().map(variable -> writer.destroy(writer.handle(variable))).toList();
    String done = writer.barrier("done", destroyed);
    session
        .add("release", writer.finish())
        .call(List.of(), List.of(), List.of(done))
        .run(List.of());
  }

  private void settle() {
    waiting.forEach((variable, value) -> access(variable).write(variable, value));
    waiting.clear();
  }

  /**
   * Returns the access to a variable, creating it for all variables without one if there is none.
   */
  private VariableAccess access(Variable variable) {
    if (handles != null) {
      return fed(handles, variable);
    }
    if (!access.containsKey(variable.name())) {
      for (ElementType type : List.of(ElementType.REAL, ElementType.INTEGER)) {
        makeAccess(
            type,
            declared.values().stream()
                .filter(other -> other.type() == type && !access.containsKey(other.name()))
                .toList());
      }
    }
    return Required.of(access, variable.name());
  }

  private FedAccess fed(ResourceHandles by, Variable variable) {
    return fed.computeIfAbsent(variable.type(), type -> new FedAccess(session, by, type));
  }

  private void makeAccess(ElementType type, List<Variable> variables) {
    if (!variables.isEmpty()) {
      VariableAccess made = new SwitchedAccess(session, type, variables);
      variables.forEach(variable -> access.put(variable.name(), made));
    }
  }

  private static String text(ElementType type, Shape shape) {
    return type + " " + shape;
  }
}
