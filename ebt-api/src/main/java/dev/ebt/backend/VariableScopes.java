package dev.ebt.backend;

import java.util.BitSet;

/**
 * The open scopes of one backend. The number of a closed scope is used again, so that creating the
 * same object again yields equal programs, which the backend may have cached.
 */
public final class VariableScopes {
  private final BitSet open = new BitSet();

  /** Opens a scope with the first free number. */
  public synchronized VariableScope open(Backend backend, String owner) {
    int number = open.nextClearBit(0);
    open.set(number);
    return new VariableScope(backend, owner + "." + number + ".", () -> close(number));
  }

  private synchronized void close(int number) {
    open.clear(number);
  }
}
