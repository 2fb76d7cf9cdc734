package dev.ebt.backend;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import java.util.Collection;

/** A group of one process, whose own values are all there is. */
enum SingleProcess implements ProcessGroup {
  INSTANCE;

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Array sum(Array values) {
    return values;
  }

  @Override
  public void sum(Collection<Variable> variables) {}

  @Override
  public void broadcast(Collection<Variable> variables) {}

  @Override
  public void use(Backend backend) {}

  @Override
  public void close() {}
}
