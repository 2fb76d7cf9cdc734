package dev.ebt.think;

import java.util.BitSet;

/**
 * A unique prefix of variable names, reserved until closed. Its number is then reused, so that
 * creating the same object again yields identical programs, which a backend may have cached.
 */
public final class VariableScope implements AutoCloseable {
  private static final BitSet TAKEN = new BitSet();

  private final String kind;
  private final int number;
  private boolean closed;

  private VariableScope(String kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  /** Returns a scope of the given kind with the first free number. */
  public static VariableScope of(String kind) {
    synchronized (TAKEN) {
      int number = TAKEN.nextClearBit(0);
      TAKEN.set(number);
      return new VariableScope(kind, number);
    }
  }

  /** Returns the prefix of every name. */
  public String prefix() {
    return kind + "." + number + ".";
  }

  @Override
  public void close() {
    synchronized (TAKEN) {
      if (!closed) {
        closed = true;
        TAKEN.clear(number);
      }
    }
  }
}
