package dev.ebt.tensorflow;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;

/** Access from the host to single variables. */
interface VariableAccess {
  /** Returns the value of a variable, which has one. */
  Array read(Variable variable);

  /** Assigns a value of the variable's type and shape. */
  void write(Variable variable, Array value);
}
