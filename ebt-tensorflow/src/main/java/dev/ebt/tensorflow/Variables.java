package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables of a backend: which there are, which have a value, and that value. */
final class Variables {
  private final GraphSession session;
  private final Map<String, Variable> known = new HashMap<>();
  private final Set<String> assigned = new HashSet<>();
  private final Map<String, GraphSession.Call> readers = new HashMap<>();
  private final Map<String, GraphSession.Call> writers = new HashMap<>();

  Variables(GraphSession session) {
    this.session = session;
  }

  /** Two variables of one name are one variable: they cannot differ in shape or type. */
  void declare(Collection<Variable> variables) {
    for (Variable variable : variables) {
      Variable other = known.putIfAbsent(variable.name(), variable);
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

  void require(String program, List<Variable> reads) {
    for (Variable variable : reads) {
      if (!assigned.contains(variable.name())) {
        throw new IllegalStateException(
            "program '" + program + "': variable '" + variable.name() + "' has no value yet");
      }
    }
  }

  void assigned(Collection<Variable> variables) {
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
    writers
        .computeIfAbsent(variable.name(), name -> writer(variable))
        .run(List.of(value), List.of());
    assigned.add(variable.name());
  }

  Array read(Variable variable) {
    session.requireOpen();
    declare(List.of(variable));
    if (!assigned.contains(variable.name())) {
      throw new IllegalStateException("variable '" + variable.name() + "' has no value yet");
    }
    return readers
        .computeIfAbsent(variable.name(), name -> reader(variable))
        .run(List.of(), List.of(variable.read()))
        .get(0);
  }

  private GraphSession.Call writer(Variable variable) {
    Tensor value = Tensor.input("value", variable.shape(), variable.type());
    return session.add(Program.named("assign").update(variable, value).build());
  }

  private GraphSession.Call reader(Variable variable) {
    return session.add(Program.named("read").output("value", variable.read()).build());
  }

  private static String text(ElementType type, Shape shape) {
    return type + " " + shape;
  }
}
